//! Addresses of mail and of the web.

use super::*;

#[test]
fn an_address_of_mail_is_one_address() {
    keeps::<Email>(&[("a@b.example", "a@b.example"), ("A.b+c@B.Example", "A.b+c@b.example")]);
    let long = format!("{}@b.example", "a".repeat(250));
    refuses::<Email>(&[
        "",
        "a",
        "a@",
        "@b.example",
        "a@b@c.example",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\u{0}",
        "<a@b.example>",
        "\"a b\"@b.example",
        "a(c)@b.example",
        "a..b@b.example",
        ".a@b.example",
        "a@b .example",
        &long,
    ]);
    let email: Email = "alice@b.example".parse().expect("an address");
    assert!(!format!("{email:?}").contains("alice"));
}

// R92 in part: the part that can be told without connecting.
#[test]
fn a_url_leads_to_no_neighbour() {
    keeps::<WebUrl>(&[
        ("https://shop.example", "https://shop.example/"),
        ("HTTP://Shop.Example:80/a%20b", "http://shop.example/a%20b"),
        ("https://93.184.215.14:8443/", "https://93.184.215.14:8443/"),
        (
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        ),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ]);
    refuses::<WebUrl>(&[
        "",
        "shop.example",
        "//shop.example",
        "https:shop.example",
        "https:///shop.example",
        "https:\\\\shop.example",
        "https://shop.example\\@127.0.0.1/",
        "javascript:alert(1)",
        "java\nscript://shop.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "ftp://shop.example/",
        "gopher://shop.example/",
        "https://user@shop.example/",
        "https://user:password@shop.example/",
        "https://@shop.example/",
        "https://shop.example@127.0.0.1/",
        "https://shop.example:0/",
        "https://shop.example:99999/",
        " https://shop.example/",
        "https://shop.example/\r\nx",
        "https://sh\top.example/",
        // Names that are not on the public internet.
        "http://localhost/",
        "http://LOCALHOST./",
        "http://a.localhost/",
        "http://localhost.localdomain/",
        "http://%6cocalhost/",
        "http://ｌｏｃａｌｈｏｓｔ/",
        "http://redis/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://router.home.arpa/",
        "http://a..example/",
        // One address in all its spellings.
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://127.1/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.01/",
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://%31%32%37.0.0.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1%25eth0]/",
        "http://[fd00:ec2::254]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0xa9fea9fe/",
        "http://2852039166/",
        "http://[::ffff:169.254.169.254]/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
    ]);
    let url: WebUrl = "https://shop.example/reset?token=t0ken".parse().expect("a URL");
    assert!(!format!("{url:?}").contains("t0ken"));
    for (url, host) in [
        ("https://shop.example:8443/a", "shop.example"),
        (
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:1/",
            "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]",
        ),
    ] {
        assert_eq!(url.parse::<WebUrl>().expect("a URL").host(), host);
    }
}

#[test]
fn edges_of_private_networks_are_exact() {
    for public in [
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "223.255.255.255",
        "2a00::1",
        "2001:4860:4860::8888",
    ] {
        assert!(is_public(public.parse().expect("an address")), "{public}");
    }
    for private in [
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "172.16.0.0",
        "192.0.0.8",
        "224.0.0.0",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "fc00::1",
        "4000::1",
    ] {
        assert!(!is_public(private.parse().expect("an address")), "{private}");
    }
}
