//! Parcel lockers: people come by a session of their browser, apps by tokens that are bound to a key, couriers by API keys and
//! badges, lockers by certificates.
//!
//! It is served by nobody. Its test is the one line that attacks every route, and what it promises is what the shop does not have:
//! each kind of credentials, limits of each kind, photographs and texts that people send, and headers and cookies that are read.

mod credentials;
#[path = "../identity/key_table.rs"]
pub mod key_table;
mod parcel;
mod routes;

use std::error::Error;

use secure_api::{
    app::AppBuilder, client_certificate::Certificates, identity::Principal, prelude::*,
    session::SessionSettings,
};

use crate::{
    credentials::{Badges, PKI},
    key_table::Table,
    parcel::Lockers,
};

#[derive(Role, Debug, Clone, Copy)]
pub(crate) enum Role {
    Customer,
    Courier,
    Locker,
}

#[derive(Version)]
#[version(place = header("X-Api-Version"), reason = "the lockers are built with it")]
pub(crate) enum Version {
    V1,
}

/// Parcels in lockers.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(120).per_minute(), by = [Bearer, Session],
      routes(routes::sign_in, routes::sign_out, routes::send_parcel, routes::get_parcel, routes::watch_parcel,
             routes::send_back, routes::print_label, routes::add_photo, routes::pack, routes::look_up_street, routes::leave_note,
             routes::pause, routes::show_hours, routes::show_tariff, routes::open_door,
             routes::bring_in, routes::recall, routes::begin_round, routes::report_state))]
pub(crate) struct Parcels;

/// Returns the app without the issuer of its tokens.
fn app() -> AppBuilder {
    let locker = Principal::new(PKI, "locker-7").roles(["locker"]);
    let visitor = Principal::new(PKI, "visitor").roles(["customer"]);
    let certificates = Certificates::new()
        .uri("spiffe://parcels.example/locker-7", locker)
        .uri("spiffe://parcels.example/visitor", visitor);
    Parcels::app()
        .base_url("https://parcels.example")
        .accept_gzip()
        .most_open(6)
        .store(Lockers::default())
        .sessions(SessionSettings::new())
        .api_keys(ApiKeys::new("parcel", Table::default()))
        .dpop(Dpop::new().nonces())
        .proxies(["192.0.2.7"])
        .source(certificates)
        .source(Badges)
}

fn main() -> Result<(), Box<dyn Error>> {
    let issuer = Issuer::new("https://people.example").audience("parcels");
    let keys = rcgen::KeyPair::generate().map(|pair| pair.serialize_pem().into_bytes());
    let signer = secure_api::token::Signer::es256_pem(SecretBytes::fetched(|| keys)?, "parcels-1")?;
    let app = app().tokens(issuer.key(signer.key())).build()?;
    print!("{}", app.inventory());
    Ok(())
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, SanType, date_time_ymd};
    use secure_api::testing::{self, Check, json};

    use super::*;

    /// Makes the certificate of somebody. Nobody verifies a chain where there is no socket.
    fn certificate(name: &str) -> Result<String, Box<dyn Error>> {
        let mut params = CertificateParams::default();
        params.not_after = date_time_ymd(2049, 1, 1);
        let uri = format!("spiffe://parcels.example/{name}");
        params.subject_alt_names = vec![SanType::URI(uri.as_str().try_into()?)];
        Ok(params.self_signed(&KeyPair::generate()?)?.pem())
    }

    #[tokio::test]
    async fn every_route_keeps_what_it_promises() -> Result<(), Box<dyn Error>> {
        let principal = |name: &str, role: &str| Principal::new(PKI, name).roles([role]);
        let verified = testing::verify(app().tokens(testing::issuer()))
            .holder("Certificate", principal("locker-7", "locker"), certificate("locker-7")?)
            .holder("Certificate", principal("visitor", "customer"), certificate("visitor")?)
            .holder("Badge", principal("badge-7", "courier"), "badge-7")
            .body("sign_in", json!({ "name": "alice", "password": "sesame" }))
            .await;
        println!("{verified}");
        let kinds = [
            Check::ApiKeyCredentials,
            Check::SessionCredentials,
            Check::Proofs,
            Check::CertificateCredentials,
            Check::OwnKinds,
        ];
        let others = [Check::Together, Check::Csrf, Check::Cookies, Check::Uploads, Check::AtOnce];
        let limits = [Check::ClientLimits, Check::ValueLimits, Check::Weights, Check::References];
        let limits = limits.into_iter().chain([Check::Head]);
        for check in kinds.into_iter().chain(others).chain(limits) {
            assert!(verified.kept(check) > 0, "{check} was not tried");
        }
        Ok(())
    }
}
