declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** `<file path>#<index>`: stable from run to run, so that results and windows find their curve again. */
export type MeasurementId = Branded<string, 'MeasurementId'>;
export type DeviceId = Branded<string, 'DeviceId'>;

export function measurementId(file: string, index: number): MeasurementId {
  return `${file}#${index}` as MeasurementId;
}

export function deviceId(name: string): DeviceId {
  return name as DeviceId;
}
