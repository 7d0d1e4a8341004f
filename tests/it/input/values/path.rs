//! Paths of files, which stay below their folder.

use super::*;

// R86
#[test]
fn a_path_names_nothing_above_it() {
    keeps::<SafePath>(&[("a", "a"), ("a/b.c/d", "a/b.c/d"), ("e\u{301}/x", "é/x")]);
    let deep = ["a"; 33].join("/");
    let long = ["a".repeat(250), "b".repeat(250), "c".repeat(250), "d".repeat(250), "e".repeat(30)]
        .join("/");
    refuses::<SafePath>(&[
        "",
        "/",
        "/etc/passwd",
        "//server/share",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/..",
        "a/../b",
        "a/./b",
        "a/.../b",
        "..\\a",
        "a\\..\\b",
        "\\\\server\\share",
        "C:",
        "C:\\a",
        "C:/a",
        "c:a",
        "a/b:stream",
        "a\0",
        "a/b\n",
        "~/a",
        "a/~root",
        "-rf",
        "a/-rf",
        ".ssh/id",
        "a/.git",
        "a/b.",
        "a/b ",
        " a",
        "a/con",
        "a/NUL.txt",
        "a/com1.log",
        "a/COM¹",
        "a/*",
        "a/b?",
        "..%2f..%2fa/..",
        "a/\u{202e}b",
        "a\u{2215}b",
        "．．/a",
        "a／b",
        &deep,
        &long,
    ]);
    refuses::<SafeFileName>(&[
        "\u{feff}",
        "\u{200b}.pdf",
        "\u{3164}",
        "\u{e0001}",
        "a\u{feff}",
        "a/b",
        "..",
        "",
        ".env",
        "aux",
        "x\u{7f}",
        "x\t",
        &"a".repeat(256),
        &"é".repeat(128),
        // Of 255 bytes, and of 2 800 once they are in NFKC.
        &"\u{FDFA}".repeat(85),
    ]);
    keeps::<SafeFileName>(&[
        ("console.log", "console.log"),
        ("com10", "com10"),
        ("a b.tar.gz", "a b.tar.gz"),
    ]);
}

/// A folder of its own, gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("secure-api-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(path.join("root/inner")).expect("a folder");
        fs::write(path.join("secret"), "secret").expect("a file");
        fs::write(path.join("root/inner/note"), "hello").expect("a file");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

// R86: through symbolic links too.
#[cfg(unix)]
#[test]
fn a_path_stays_below_its_root_through_links() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links");
    let root = folder.0.join("root");
    symlink("../secret", root.join("file")).expect("a link");
    symlink(&folder.0, root.join("up")).expect("a link");
    symlink("inner", root.join("within")).expect("a link");
    symlink("../created", root.join("dangling")).expect("a link");
    symlink("loop", root.join("loop")).expect("a link");
    fs::create_dir(folder.0.join("root-beside")).expect("a folder");
    fs::write(folder.0.join("root-beside/x"), "").expect("a file");
    symlink("../root-beside", root.join("beside")).expect("a link");
    let path = |text: &str| text.parse::<SafePath>().expect("a path");
    let kind = |text: &str| path(text).resolve(&root).map_err(|error| error.kind());
    let real = root.canonicalize().expect("a folder");
    assert_eq!(kind("inner/note"), Ok(real.join("inner/note")));
    assert_eq!(kind("within/note"), Ok(real.join("inner/note")));
    assert_eq!(kind("inner/new"), Ok(real.join("inner/new")));
    assert_eq!(kind("within/new"), Ok(real.join("inner/new")));
    for text in ["file", "up", "up/secret", "up/new", "dangling", "beside/x", "beside/new"] {
        assert_eq!(kind(text), Err(ErrorKind::PermissionDenied), "{text}");
    }
    assert!(kind("loop").is_err());
    assert_eq!(kind("absent/new"), Err(ErrorKind::NotFound));
    assert!(path("a").resolve(&folder.0.join("absent")).is_err());

    let mut text = String::new();
    let mut file = path("within/note").open(&root).expect("a file");
    file.read_to_string(&mut text).expect("text");
    assert_eq!(text, "hello");
    for refused in ["file", "up/secret", "inner", "inner/absent"] {
        assert!(path(refused).open(&root).is_err(), "{refused}");
    }
}

proptest! {
    // R86
    #[test]
    fn whatever_is_sent_a_path_stays_relative(text in "[./\\\\a:~ \u{0}-]{0,12}") {
        if let Ok(path) = SafePath::parse(&text) {
            let path = PathBuf::from(path.as_str());
            prop_assert!(path.components().all(|part| matches!(part, std::path::Component::Normal(_))));
        }
    }
}
