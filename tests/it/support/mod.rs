//! The support that the tests from outside share: a sample API, a server that runs it, clients, tokens, and its log.

pub(crate) mod annex;
pub(crate) mod api;
pub(crate) mod article;
pub(crate) mod client;
pub(crate) mod counted;
pub(crate) mod document;
pub(crate) mod example;
pub(crate) mod folder;
pub(crate) mod gone;
pub(crate) mod hooked;
pub(crate) mod log;
pub(crate) mod model;
pub(crate) mod no_keys;
pub(crate) mod pebble;
pub(crate) mod provider;
pub(crate) mod redis;
pub(crate) mod secrets;
pub(crate) mod server;
pub(crate) mod shelf;
pub(crate) mod started;
pub(crate) mod store;
pub(crate) mod token;

pub(crate) use self::{
    client::{Answer, raw},
    counted::Counted,
    folder::Folder,
    hooked::{Fate, Hooked, Operation},
    log::Log,
    no_keys::NoKeys,
    redis::RedisServer,
    server::TestServer,
    shelf::Shelf,
    started::{small, started},
};
