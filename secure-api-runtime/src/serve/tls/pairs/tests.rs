//! The looks at the files of pairs: when another one is served, and of what somebody is told.

use std::{fs, path::PathBuf};

use rcgen::{CertificateParams, KeyPair, date_time_ymd};

use super::*;

/// The files of a pair, in a folder that goes with this.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("secure-api-pairs-{name}-{}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).expect("a folder");
        folder
    }

    /// Puts a pair there that is good from the first second of one day to that of another.
    fn put(&self, from: (i32, u8, u8), to: (i32, u8, u8)) {
        self.put_for("shop.example", from, to);
    }

    /// Puts one there for another host.
    fn put_for(&self, host: &str, from: (i32, u8, u8), to: (i32, u8, u8)) {
        let mut params = CertificateParams::new([host.to_owned()]).expect("a host");
        params.not_before = date_time_ymd(from.0, from.1, from.2);
        params.not_after = date_time_ymd(to.0, to.1, to.2);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");
        self.write("chain.pem", &certificate.pem());
        self.write("key.pem", &key.serialize_pem());
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file");
    }

    fn pairs(&self) -> Pairs {
        Pairs::files(&self.0.join("chain.pem"), &self.0.join("key.pem")).expect("a pair")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn at(year: i32, month: u8, day: u8) -> i64 {
    date_time_ymd(year, month, day).unix_timestamp()
}

fn ends(pairs: &Pairs) -> i64 {
    pairs.each[0].with(|pair| pair.ends).expect("a pair")
}

/// Returns how often an unusable pair was told of, and the day on which somebody was told of an end.
fn told(pairs: &Pairs) -> (u64, Option<i64>) {
    let looked = pairs.each[0].looked.lock().expect("no panic under the lock");
    (pairs.counts.unusable.get(), looked.told)
}

// R48
#[test]
fn an_unusable_pair_is_told_of_once_and_not_before_it_stayed() {
    let folder = Folder::new("once");
    folder.put((2026, 1, 1), (2027, 1, 1));
    let (pairs, now) = (folder.pairs(), at(2026, 6, 1));
    pairs.look(now, false);
    folder.write("chain.pem", "half of a new one");
    pairs.look(now, false);
    assert_eq!(told(&pairs).0, 0, "the other file may be on its way");
    pairs.look(now, false);
    pairs.look(now, false);
    assert_eq!(told(&pairs).0, 1);
    folder.write("chain.pem", "another half");
    pairs.look(now, true);
    pairs.look(now, false);
    assert_eq!(told(&pairs).0, 2, "whoever asks is told at once");
    fs::remove_file(folder.0.join("key.pem")).expect("a file");
    pairs.look(now, true);
    assert_eq!((told(&pairs).0, pairs.counts.renewed.get()), (3, 0));
    // One that has ended, or has not begun, is none either.
    for (from, to) in [((2025, 1, 1), (2026, 1, 1)), ((2027, 1, 1), (2028, 1, 1))] {
        folder.put(from, to);
        pairs.look(now, false);
        assert_eq!((ends(&pairs), pairs.counts.renewed.get()), (at(2027, 1, 1), 0));
    }
    folder.put((2026, 1, 1), (2028, 1, 1));
    pairs.look(now, false);
    assert_eq!((told(&pairs).0, pairs.counts.renewed.get()), (3, 1));
    assert_eq!(ends(&pairs), at(2028, 1, 1));
}

#[test]
fn the_end_of_a_certificate_is_told_once_a_day_in_its_last_month() {
    let folder = Folder::new("end");
    folder.put((2026, 1, 1), (2027, 1, 1));
    let pairs = folder.pairs();
    pairs.look(at(2026, 12, 1), false);
    assert_eq!(told(&pairs).1, None);
    pairs.look(at(2026, 12, 3), false);
    pairs.look(at(2026, 12, 3) + 60, false);
    let day = |seconds: i64| Some(seconds / DAY);
    assert_eq!(told(&pairs).1, day(at(2026, 12, 3)));
    pairs.look(at(2027, 1, 5), false);
    assert_eq!(told(&pairs).1, day(at(2027, 1, 5)), "also when it is over");
    folder.put((2027, 1, 1), (2028, 1, 1));
    pairs.look(at(2027, 1, 5) + 60, false);
    assert_eq!((told(&pairs).1, ends(&pairs)), (None, at(2028, 1, 1)));
    // Of one that lives for six days, the last two.
    folder.put((2027, 2, 1), (2027, 2, 7));
    pairs.look(at(2027, 2, 2), false);
    assert_eq!((told(&pairs).1, ends(&pairs)), (None, at(2027, 2, 7)));
    pairs.look(at(2027, 2, 5), false);
    assert_eq!(told(&pairs).1, day(at(2027, 2, 5)));
}

#[test]
fn each_host_has_its_end_among_the_counts() {
    let folder = Folder::new("counts");
    folder.put((2026, 1, 1), (2027, 1, 1));
    let pairs = folder.pairs();
    let all = |pairs: &Pairs| pairs.counts.all().into_iter().collect::<Vec<_>>();
    assert_eq!(all(&pairs), [("shop.example".to_owned(), at(2027, 1, 1))]);
    folder.put((2026, 1, 1), (2028, 1, 1));
    pairs.look(at(2026, 2, 1), false);
    assert_eq!(all(&pairs), [("shop.example".to_owned(), at(2028, 1, 1))]);
    // A host of which none is served any more has no end, and of two of one host the first one counts.
    folder.put_for("new.example", (2026, 1, 1), (2029, 1, 1));
    pairs.look(at(2026, 2, 2), false);
    assert_eq!(all(&pairs), [("new.example".to_owned(), at(2029, 1, 1))]);
    let further = Folder::new("further");
    further.put_for("new.example", (2026, 1, 1), (2027, 1, 1));
    let both = pairs.and(further.pairs());
    assert_eq!(all(&both), [("new.example".to_owned(), at(2027, 1, 1))]);
    further.put_for("new.example", (2026, 1, 1), (2030, 1, 1));
    both.look(at(2026, 2, 3), false);
    assert_eq!(all(&both), [("new.example".to_owned(), at(2029, 1, 1))]);
}
