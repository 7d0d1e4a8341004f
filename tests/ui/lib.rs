//! Wrong programs, one folder a concern, and what the compiler says of each. `run.rs` compares.
