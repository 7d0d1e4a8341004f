//! The tests from outside, one binary so that they link once. One file per concern, named as the concern is.

mod app;
mod behavior;
mod docs;
mod error;
mod flow;
mod house;
mod identity;
mod input;
mod inventory;
mod ledger;
mod limit;
mod module;
mod object;
mod observe;
mod role;
mod serve;
mod session;
mod shop;
mod sign_in;
mod support;
mod testing;
mod token;
mod value;
mod verb;
mod version;
mod view;
