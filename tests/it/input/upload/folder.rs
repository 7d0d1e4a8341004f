//! The folder that a file is kept in.

use super::*;

// R95
#[tokio::test]
async fn a_file_is_kept_under_a_name_of_the_server() {
    let running = Running::start().await;
    let form = pictured(file(png(100), "Größe 2.PNG", "image/png"))
        .text("stars", "5")
        .part("notes", file(&b"Two cups\n"[..], "a.txt", "text/plain"))
        .part("notes", file(&b"no sugar"[..], "b.txt", "application/octet-stream"))
        .part("manual", file(&b"%PDF-1.7\n%%EOF\n"[..], "m.pdf", "application/pdf"));
    let answer = running.upload(form).await;
    assert_eq!(answer.status, 200, "{answer:#?}");
    let kept = answer.json();
    let expected = json!({
        "name": kept["name"], "called": "Größe 2.PNG", "kind": "image/png",
        "bytes": png(100).len() + 15, "title": "Tea 5", "notes": 2,
    });
    assert_eq!(kept, expected);
    let name = kept["name"].as_str().expect("a name");
    let (stem, extension) = name.split_once('.').expect("an extension");
    assert!(uuid::Uuid::parse_str(stem).is_ok_and(|id| id.get_version_num() == 4), "{name}");
    assert_eq!(extension, "png");
    assert_eq!(fs::read(running.folder.join(name)).expect("it is there"), png(100));
    assert_eq!(running.files(), 1, "nothing else is there");
    #[cfg(unix)]
    {
        let file = fs::metadata(running.folder.join(name)).expect("it is there");
        assert_eq!(std::os::unix::fs::MetadataExt::mode(&file) & 0o777, 0o600);
    }
    // The same again is another file.
    let answer = running.upload(pictured(file(JPEG, "tea", "image/jpeg"))).await;
    assert_eq!((answer.status, running.files()), (200, 2), "{answer:#?}");
}

// R95
#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_is_no_folder_keeps_nothing() {
    let running = Running::start().await;
    let upload = decoded(&body(&[("Content-Disposition: form-data; name=\"file\"", b"abc")]));
    let missing = running.folder.join("missing");
    assert!(upload.file.persist(&missing).await.is_err());
    let file = running.folder.join("a-file");
    fs::write(&file, "kept").expect("a file");
    assert!(upload.file.persist(&file).await.is_err());
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "kept");
    let name = upload.file.persist(&running.folder).await.expect("it is kept");
    assert!(Path::new(name.as_str()).extension().is_some_and(|extension| extension == "txt"));
    assert_eq!(format!("{:?}", upload.file), "UploadedFile(PlainText, 3 bytes)");
}

fn decoded(body: &[u8]) -> Small {
    secure_api::input::decode_upload(TYPE, body.to_vec()).expect("an upload")
}
