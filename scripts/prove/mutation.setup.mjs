// A property's seed is part of its test's name, and a mutant meets a test by its name. The first counterexample will do.
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: 20_261_121, endOnFailure: true });
