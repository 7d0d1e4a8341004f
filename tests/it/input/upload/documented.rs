//! Uploads as documents and lists tell of them.

use super::*;

// R101 in part
#[test]
fn documents_and_inventory_tell_of_uploads() {
    let text = openapi_json(&Gallery::API.model(), "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let post = &document["paths"]["/v1/pictures"]["post"];
    let content = &post["requestBody"]["content"]["multipart/form-data"];
    assert_eq!(content["schema"]["$ref"], "#/components/schemas/NewPicture");
    assert_eq!(
        content["encoding"],
        json!({
            "picture": { "contentType": "image/png, image/jpeg" },
            "notes": { "contentType": "text/plain" },
            "manual": { "contentType": "application/pdf" },
        })
    );
    let fields = &document["components"]["schemas"]["NewPicture"]["properties"];
    assert_eq!(
        fields["notes"]["items"],
        json!({
            "description": "A file of one of: text/plain; of 1 to 100 bytes.",
            "type": "string", "format": "binary", "contentMediaType": "text/plain", "minLength": 1, "maxLength": 100,
            "x-max-bytes": 100, "x-media-types": ["text/plain"],
        })
    );
    assert_eq!(fields["picture"]["x-max-bytes"], 2048);
    assert_eq!(fields["picture"]["contentMediaType"], "application/octet-stream");
    for status in ["400", "413", "415", "422"] {
        assert!(post["responses"][status].is_object(), "{status}: {post}");
    }
    assert!(post["x-body-limit"].as_u64().is_some_and(|bytes| bytes > 3000));
    assert_eq!(document["paths"]["/v1/small"]["put"]["x-body-limit"], 600);
    // R118: what a field is excepted from is listed with the operations that read it.
    let text = inventory::routes(&Gallery::API.model());
    assert!(
        text.contains("allow active_content for NewPicture.manual: a manual is a PDF"),
        "{text}"
    );
}
