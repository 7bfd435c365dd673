// npm run build: everything that npm start, the command line and the tests use.
import { ensureBuilt, ensureInstalled } from './ensure.mjs';

ensureInstalled();
ensureBuilt('node');
ensureBuilt('page');
