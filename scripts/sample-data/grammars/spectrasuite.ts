/** SpectraSuite's processed spectrum: header lines, markers, wavelength in nm and counts with a tab between; CRLF. */
export function writeSpectraSuite(
  wavelength_nm: Float64Array,
  counts: Float64Array,
  settings: { readonly date: string; readonly integration_us: number; readonly averages: number },
): string {
  const serial = 'USB4A01127';
  const lines = [
    'SpectraSuite Data File',
    '++++++++++++++++++++++++++++++++++++',
    `Date: ${settings.date}`,
    'User: lab',
    'Dark Spectrum Present: Yes',
    'Reference Spectrum Present: No',
    'Number of Sampled Component Spectra: 1',
    `Spectrometers: ${serial}`,
    `Integration Time (usec): ${settings.integration_us} (${serial})`,
    `Spectra Averaged: ${settings.averages} (${serial})`,
    `Boxcar Smoothing: 0 (${serial})`,
    `Correct for Electrical Dark: No (${serial})`,
    `Strobe/Lamp Enabled: No (${serial})`,
    `Correct for Detector Non-linearity: No (${serial})`,
    `Correct for Stray Light: No (${serial})`,
    `Number of Pixels in Processed Spectrum: ${wavelength_nm.length}`,
    '>>>>>Begin Processed Spectral Data<<<<<',
  ];
  for (let i = 0; i < wavelength_nm.length; i++)
    lines.push(`${wavelength_nm[i]!.toFixed(2)}\t${counts[i]!.toFixed(3)}`);
  lines.push('>>>>>End Processed Spectral Data<<<<<');
  return `${lines.join('\r\n')}\r\n`;
}
