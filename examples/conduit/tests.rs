//! The example's own tests.
