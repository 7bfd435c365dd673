import { useEffect } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Status } from '../../components/Status.tsx';
import { useSession } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';

const SHOWN_MS = 6000;

/** One message at a time; it stays until read if it has an action or names a failure. */
export function ToastBox() {
  const session = useSession();
  const toast = useStore(session.toast, (state) => state);
  useEffect(() => {
    if (!toast || toast.action || toast.status === 'failed') return;
    const timer = setTimeout(() => session.toast.set((now) => (now?.id === toast.id ? null : now)), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, session]);
  if (!toast) return null;
  const { action } = toast;
  return (
    <div className="pop toast" role={toast.status === 'failed' ? 'alert' : 'status'}>
      <Status of={toast.status} />
      <div>
        {toast.text}
        {toast.detail && <small>{toast.detail}</small>}
      </div>
      <div className="row">
        {action && (
          <Button
            small
            onClick={() => {
              session.toast.set(null);
              action.run();
            }}
          >
            {action.label}
          </Button>
        )}
        <IconButton small icon="x" label="Close message" onClick={() => session.toast.set(null)} />
      </div>
    </div>
  );
}
