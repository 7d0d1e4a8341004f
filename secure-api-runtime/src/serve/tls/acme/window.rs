//! The time at which a certificate is renewed: at two thirds of its life, or when its authority says (ARI, RFC 9773).

use std::{ops::Range, panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use instant_acme::{Account, CertificateIdentifier, Error};
use rustls::pki_types::{CertificateDer, Der};
use x509_cert::{
    Certificate,
    der::{Decode, Encode},
    ext::pkix::AuthorityKeyIdentifier,
};

use super::{super::pair::Pair, Ordering, order::Fault};
use crate::error::discard_panic;

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;
/// The bounds of the time between two questions, as section 4.3.3 recommends them.
const ASKED_WITHIN: (i64, i64) = (60, DAY);

/// The time at which a certificate is renewed.
pub(super) struct Due {
    of: CertificateDer<'static>,
    begins: i64,
    ends: i64,
    /// The time at which it was issued here. It is renewed an hour later at the soonest, or at half of what was left, so that an
    /// authority that is confused is not asked without end.
    issued: Option<i64>,
    /// The place in the window that is suggested, from 0 to 1: at random, so that not all come at once.
    place: f64,
    window: Option<Range<i64>>,
    asks: i64,
    /// The name of the certificate at an authority that has an opinion of its renewal, so that an order can say what it replaces.
    replaces: Option<CertificateIdentifier<'static>>,
}

impl Due {
    pub(super) fn new(pair: &Pair, issued: Option<i64>, place: f64) -> Self {
        Self {
            of: pair.certificate().clone(),
            begins: pair.begins,
            ends: pair.ends,
            issued,
            place,
            window: None,
            asks: i64::MIN,
            replaces: None,
        }
    }

    /// Returns `true` if it is that of this pair.
    pub(super) fn is_of(&self, pair: &Pair) -> bool {
        self.of == *pair.certificate()
    }

    /// Returns the time of renewal.
    pub(super) fn at(&self) -> i64 {
        let life = self.ends - self.begins;
        let at = match &self.window {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_precision_loss,
                reason = "seconds of days"
            )]
            Some(window) => {
                let at = window.start + ((window.end - window.start) as f64 * self.place) as i64;
                // Where it fails, there is time to try again.
                at.min(self.ends - life / 6)
            }
            None => self.begins + life / 3 * 2,
        };
        let soonest = self.issued.map(|issued| issued + HOUR.min((self.ends - issued) / 2));
        soonest.map_or(at, |soonest| at.max(soonest))
    }

    /// Returns the time at which the authority is asked again.
    pub(super) fn asks(&self) -> i64 {
        self.asks
    }

    /// Returns the name of the certificate that an order replaces. An authority that refuses it takes it from here.
    pub(super) fn replaced(&mut self) -> &mut Option<CertificateIdentifier<'static>> {
        &mut self.replaces
    }

    /// Asks the authority when to renew.
    pub(super) async fn ask(&mut self, ordering: &Ordering, now: i64) {
        let account = async {
            ordering.account().await.map_err(|fault| Error::Other(fault.to_string().into()))
        };
        self.ask_of(account, now).await;
    }

    async fn ask_of(&mut self, account: impl Future<Output = Result<Account, Error>>, now: i64) {
        let asked = AssertUnwindSafe(async {
            let name = identified(&self.of).ok_or(Error::Unsupported("no name of it"))?;
            let (info, wait) = account.await?.renewal_info(&name).await?;
            let window = info.suggested_window;
            Ok::<_, Error>((name, window.start.unix_timestamp()..window.end.unix_timestamp(), wait))
        });
        // As of an order, some answers are none that its client can read.
        let asked = asked.catch_unwind().await.unwrap_or_else(|panic| {
            discard_panic(panic);
            Err(Error::Str("an answer of the authority cannot be read"))
        });
        match asked {
            Ok((name, window, wait)) => self.told(name, window, wait, now),
            Err(Error::Unsupported(_)) => self.asks = now + DAY,
            Err(error) => {
                self.asks = now + HOUR;
                let why = Fault::from(error);
                tracing::debug!(target: "secure_api::tls", %why, "the authority does not say when to renew");
            }
        }
    }

    fn told(
        &mut self,
        name: CertificateIdentifier<'static>,
        window: Range<i64>,
        wait: Duration,
        now: i64,
    ) {
        let (least, most) = ASKED_WITHIN;
        self.asks = now + i64::try_from(wait.as_secs()).unwrap_or(most).clamp(least, most);
        // One that ends before it begins is none.
        self.window = Some(window).filter(|window| window.start < window.end);
        self.replaces = Some(name);
    }
}

/// Returns the name of a certificate at its authority (section 4.1): the key that signed it, and its number.
fn identified(certificate: &CertificateDer<'_>) -> Option<CertificateIdentifier<'static>> {
    let certificate = Certificate::from_der(certificate).ok()?;
    let signed = certificate.tbs_certificate();
    let (_, key) = signed.get_extension::<AuthorityKeyIdentifier>().ok()??;
    let key = key.key_identifier?;
    let number = signed.serial_number().to_der().ok()?;
    // Behind its tag and its length, which is one byte: a serial number has 20 at most.
    let number = number.get(2..)?;
    Some(CertificateIdentifier::new(Der::from_slice(key.as_bytes()), Der::from_slice(number)))
}

#[cfg(test)]
mod tests;
