//! The fingerprint of a table of roles or versions: equal for equal tables, in every build and on every machine.

/// The offset basis of FNV-1a for 128 bits.
const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// FNV-1a with 128 bits over what stands in a table.
///
/// It tells apart tables that differ by mistake: who could make two of them collide on purpose writes code of the
/// program already. A cryptographic hash would cost each build of an app another dependency, and the hasher of the
/// standard library may change with the compiler.
pub(crate) struct Fingerprint(u128);

impl Fingerprint {
    /// Creates the fingerprint of nothing yet, for one kind of table.
    pub(crate) fn of(kind: &str) -> Self {
        Self(BASIS).text(kind)
    }

    /// Adds a text. Its length comes first, so that two texts are not one.
    #[must_use]
    pub(crate) fn text(self, text: &str) -> Self {
        self.bytes(&(text.len() as u64).to_le_bytes()).bytes(text.as_bytes())
    }

    /// Adds a number.
    #[must_use]
    pub(crate) fn number(self, number: u128) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    fn bytes(self, bytes: &[u8]) -> Self {
        let Self(hash) = self;
        Self(bytes.iter().fold(hash, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME)))
    }

    /// Returns the fingerprint of all that was added.
    pub(crate) fn finish(self) -> u128 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values that the authors of FNV publish.
    #[test]
    fn it_is_fnv_1a() {
        let hash = |text: &str| Fingerprint(BASIS).bytes(text.as_bytes()).finish();
        assert_eq!(hash(""), BASIS);
        assert_eq!(hash("a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_eq!(hash("foobar"), 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }

    #[test]
    fn texts_and_numbers_do_not_run_into_each_other() {
        let of = |texts: &[&str]| {
            texts.iter().fold(Fingerprint::of("roles"), |hash, text| hash.text(text)).finish()
        };
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["a", "b"]), of(&["b", "a"]));
        assert_ne!(
            Fingerprint::of("roles").number(1).finish(),
            Fingerprint::of("roles").number(256).finish()
        );
        assert_ne!(Fingerprint::of("roles").finish(), Fingerprint::of("versions").finish());
    }
}
