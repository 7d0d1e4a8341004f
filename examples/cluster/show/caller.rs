//! The callers: requests to either server, one by one or many at once.

use std::time::Duration;

use reqwest::{Client, Method};
use tokio::task::JoinSet;

use crate::{folder::Failure, server::Server};

/// An answer.
#[derive(PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) is_replayed: bool,
    pub(super) body: String,
}

/// A client that knows both servers. Clones share its connections.
#[derive(Clone)]
pub(super) struct Callers {
    client: Client,
    servers: [String; 2],
}

/// A header field.
pub(super) type Field = (&'static str, String);

/// Returns the credentials of a token.
pub(super) fn bearer(token: &str) -> Vec<Field> {
    vec![("authorization", format!("Bearer {token}"))]
}

impl Callers {
    pub(super) fn of(servers: &[Server; 2]) -> Result<Self, Failure> {
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(20)).build()?;
        Ok(Self { client, servers: [0, 1].map(|number| servers[number].url.clone()) })
    }

    /// Returns the answer of a server to a request.
    pub(super) async fn send(
        &self,
        server: usize,
        method: Method,
        path: &str,
        fields: &[Field],
    ) -> Result<Answer, Failure> {
        let request = self.client.request(method, format!("{}{path}", self.servers[server % 2]));
        let request =
            fields.iter().fold(request, |request, (name, value)| request.header(*name, value));
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let is_replayed = answer.headers().contains_key("idempotency-replayed");
        Ok(Answer { status, is_replayed, body: answer.text().await? })
    }

    /// Returns the status of a POST.
    pub(super) async fn post(
        &self,
        server: usize,
        path: &str,
        fields: &[Field],
    ) -> Result<u16, Failure> {
        Ok(self.send(server, Method::POST, path, fields).await?.status)
    }

    /// Returns the statuses of so many, all at once and half of them to each server.
    pub(super) async fn post_all(
        &self,
        count: usize,
        path: &'static str,
        fields: &[Field],
    ) -> Result<Statuses, Failure> {
        let mut asked = JoinSet::new();
        for server in 0..count {
            let (callers, fields) = (self.clone(), fields.to_vec());
            asked.spawn(async move { callers.post(server, path, &fields).await });
        }
        Ok(Statuses(asked.join_all().await.into_iter().collect::<Result<_, _>>()?))
    }
}

/// The statuses of several answers.
pub(super) struct Statuses(pub(super) Vec<u16>);

impl Statuses {
    /// Returns how many have this one.
    pub(super) fn count(&self, status: u16) -> usize {
        self.0.iter().filter(|other| **other == status).count()
    }
}
