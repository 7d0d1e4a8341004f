//! A cluster: a folder for as long as it runs, a Redis, and two servers.

use std::{env, fs};

use base64::{Engine, engine::general_purpose::STANDARD};
use uuid::Uuid;

use crate::{
    folder::{Failure, Folder},
    redis::RedisProcess,
    server::{Server, Shared},
    token::Keys,
};

/// A cluster that runs. What is dropped first is what needs the rest.
pub struct Cluster {
    /// The two servers.
    pub servers: [Server; 2],
    /// The memory of both.
    pub redis: RedisProcess,
    /// The keys of the callers.
    pub keys: Keys,
    /// The folder, which goes with it.
    pub place: Place,
}

impl Cluster {
    /// Starts one.
    pub fn start() -> Result<Self, Failure> {
        let name = format!("secure-api-cluster-{}", Uuid::new_v4());
        let place = Place(Folder::open(&env::temp_dir().join(name))?);
        let redis = RedisProcess::start(&place.0)?;
        let keys = Keys::make(&place.0)?;
        let shared = Shared { redis: redis.url(), secret: secret(), key: keys.public_pem()? };
        let servers = [Server::start(&shared)?, Server::start(&shared)?];
        Ok(Self { servers, redis, keys, place })
    }
}

/// Makes the secret of the servers: three random UUIDs, of 122 random bits each.
fn secret() -> String {
    STANDARD.encode([(); 3].map(|()| Uuid::new_v4().into_bytes()).concat())
}

/// A folder that is removed in the end.
pub struct Place(pub Folder);

impl Drop for Place {
    fn drop(&mut self) {
        // What is left of it is in a folder for such things.
        let _ = fs::remove_dir_all(self.0.root());
    }
}
