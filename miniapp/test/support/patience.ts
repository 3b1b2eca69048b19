import { configure } from '@testing-library/react';

// A page on a busy machine takes its time: the limit of a wait ends what never comes, and measures nothing.
configure({ asyncUtilTimeout: 60_000 });
