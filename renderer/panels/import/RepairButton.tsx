import { Button } from '../../components/Button.tsx';
import { repairFile, repairOf } from '../../state/repair-file.ts';
import { useSession } from '../../state/session.ts';
import type { FileEntry } from '../../state/workspace.ts';

/** `Use 195 rows`: the repair a failed file offers; nothing where it offers none. */
export function RepairButton({ file }: { readonly file: FileEntry }) {
  const session = useSession();
  const repair = repairOf(file);
  if (!repair) return null;
  return (
    <Button small onClick={() => void repairFile(session, file.name, repair)}>
      {repair.label}
    </Button>
  );
}
