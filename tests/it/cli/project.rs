//! The project that `new` writes: it compiles, its tests pass, and its commands answer.
