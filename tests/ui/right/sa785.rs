//! A text that is a whole answer has no field around it, and so no rule of one. Its bound is that of its type: documents tell it, and
//! clients know how much may come. This holds at compile time.
//!
//! Wrong: view/scalar_of_text

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value)]
#[value(text, max_len = 200)]
struct Motto(String);

#[get("/motto", version = Version::V1.., role = Role::Customer)]
async fn motto() -> Result<Scalar<Motto>, StoreError> {
    Ok(Scalar(Motto::new("Festina lente".to_owned())?))
}
