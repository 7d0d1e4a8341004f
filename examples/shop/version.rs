//! The versions of the shop's API.

use secure_api::prelude::*;

/// The versions of the API, each under its own path: `/v1`, `/v2`.
#[derive(Version)]
pub enum Version {
    /// Orders only. Payment came with version 2.
    #[version(
        deprecated = "2026-06-01",
        sunset = "2036-06-01",
        migrate = "https://shop.example/migrate"
    )]
    V1,
    /// Orders, checkout and payment.
    V2,
    /// The preview. It is served where the shop is started with `--preview`, and may change on any day.
    #[version(preview)]
    V3,
}
