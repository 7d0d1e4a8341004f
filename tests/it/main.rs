//! The tests from outside, one binary so that they link once. One file per concern, named as the concern is.

mod house;
mod input;
