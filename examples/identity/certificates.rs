//! Certificates of machines, made anew at each start, by an authority of their own. The server's is one for development.

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, SanType, date_time_ymd,
};

use crate::folder::{Failure, Folder};

/// Writes the certificates and keys of the machines `billing` and `stranger`, which the desk trusts by `clients-authority.pem`. The key
/// of that authority is written nowhere.
pub fn write(folder: &Folder) -> Result<(), Failure> {
    let clients = authority("Clients of the desk")?;
    folder.write("clients-authority.pem", &clients.pem)?;

    for name in ["billing", "stranger"] {
        let mut client = params(name, CertificateParams::default())?;
        let uri = format!("spiffe://desk.example/{name}");
        client.subject_alt_names = vec![SanType::URI(uri.as_str().try_into()?)];
        client.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        clients.issue(folder, name, client)?;
    }
    Ok(())
}

/// An authority that vouches for others.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

fn authority(name: &str) -> Result<Authority, Failure> {
    let mut params = params(name, CertificateParams::default())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let key = KeyPair::generate()?;
    let pem = params.self_signed(&key)?.pem();
    Ok(Authority { pem, issuer: Issuer::new(params, key) })
}

impl Authority {
    fn issue(&self, folder: &Folder, name: &str, params: CertificateParams) -> Result<(), Failure> {
        let key = KeyPair::generate()?;
        folder.write(&format!("{name}.pem"), &params.signed_by(&key, &self.issuer)?.pem())?;
        Ok(folder.write(&format!("{name}.key"), &key.serialize_pem())?)
    }
}

/// Gives a certificate a name and a month, from yesterday on: the clock of a client may be behind.
fn params(name: &str, mut params: CertificateParams) -> Result<CertificateParams, Failure> {
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.use_authority_key_identifier_extension = true;
    let today = TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let day = |date: Date| -> Result<_, Failure> {
        Ok(date_time_ymd(date.year().into(), date.month().try_into()?, date.day().try_into()?))
    };
    params.not_before = day(today.yesterday()?)?;
    params.not_after = day(today.checked_add(30.days())?)?;
    Ok(params)
}
