//! The hash of everything that a place in a table of versions stands for.

use syn::ext::IdentExt;

use super::{Version, VersionPolicy};
use crate::{concern::day::Day, fingerprint::Fingerprint};

impl VersionPolicy<'_> {
    /// Returns everything that a place in the table stands for.
    pub(super) fn fingerprint(&self) -> u128 {
        let table = self.addresses.add_to(Fingerprint::of("versions"));
        let versions = self.versions.iter().fold(table, |table, version| {
            let Version {
                ident,
                description: _,
                segment,
                deprecated,
                sunset,
                migrate: _,
                preview,
                unstated,
                brownouts,
            } = version;
            let day = |day: &Option<Day>| day.map_or_else(String::new, |day| day.to_string());
            let table = table.text(&ident.unraw().to_string()).text(segment);
            let table = table.text(&day(deprecated)).text(&day(sunset)).number((*preview).into());
            let table = if *unstated { table.text("unstated") } else { table };
            brownouts.iter().fold(table, |table, brownout| table.text(&brownout.told()))
        });
        versions.finish()
    }
}
