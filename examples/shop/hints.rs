//! The hints that the shop prints when it has started: the address of its documents, and lines to paste.

use std::{
    env, fmt, io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use secure_api::serve::BoundServer;

use crate::{folder::Folder, options::Switch};

/// The hints to print.
pub struct Hints {
    base: String,
    data: PathBuf,
    trusted: Option<PathBuf>,
    program: PathBuf,
    is_shared: bool,
    /// The URL of the management listener, where there is one.
    manage: Option<String>,
}

impl Hints {
    /// Creates the hints for a shop that is served on this address.
    pub fn new(
        bound: &BoundServer,
        tls: Switch,
        folder: &Folder,
        is_shared: bool,
    ) -> io::Result<Self> {
        // "Every address" is none that can be called.
        let place = |address: SocketAddr| match address.ip().is_unspecified() {
            true => format!("localhost:{}", address.port()),
            false => address.to_string(),
        };
        let scheme = match tls {
            Switch::On => "https",
            Switch::Off => "http",
        };
        let manage = bound.manage_addr().map(|at| format!("{scheme}://{}", place(at)));
        let place = place(bound.local_addr());
        let (base, trusted) = match tls {
            Switch::On => (format!("https://{place}"), folder.trusted()),
            Switch::Off => (format!("http://{place}"), None),
        };
        let (data, program) = (folder.path().to_owned(), env::current_exe()?);
        Ok(Self { base, data, trusted, program, is_shared, manage })
    }
}

impl fmt::Display for Hints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = &self.base;
        let curl = match &self.trusted {
            Some(certificate) => format!("curl --cacert {}", quoted(certificate)),
            None => "curl".to_owned(),
        };
        // The shell asks for a token when the line runs: it is fresh, and none is ever printed here.
        let alice = format!(
            r#"-H "Authorization: Bearer $(SHOP_DATA={} {} token --role customer --subject alice)""#,
            quoted(&self.data),
            quoted(&self.program),
        );
        let order =
            r#"{"customer_email":"alice@shop.example","items":[{"sku":"TEA-GREEN","qty":2}]}"#;
        writeln!(f, "Documentation: {base}/docs")?;
        if let Some(manage) = &self.manage {
            writeln!(
                f,
                "Console: {manage}/console, beside {manage}/inventory, {manage}/metrics, {manage}/livez, {manage}/readyz"
            )?;
        }
        if self.is_shared {
            // The URL may hold a password.
            let data = self.data.display();
            writeln!(f, "Ledger: the Redis of SHOP_REDIS; with it, shops on {data} are one")?;
        }
        writeln!(f)?;
        writeln!(f, "{curl} {base}/v2/products")?;
        writeln!(f, "{curl} {alice} {base}/v2/orders")?;
        write!(f, "{curl} {alice} --json '{order}' {base}/v2/orders")
    }
}

/// Quotes a path as one word of a shell's command line.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}
