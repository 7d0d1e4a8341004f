//! The tests from outside, one binary so that they link once. One file per concern, named as the concern is.

mod docs;
mod house;
mod input;
