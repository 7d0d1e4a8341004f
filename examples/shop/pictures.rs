//! Pictures of products: files with names of our own, of kinds that can only be looked at.

use std::path::PathBuf;

use secure_api::prelude::*;

use crate::{
    db::Db,
    error::{PictureError, ProductError},
    event::{self, Kind},
    limit::BROWSE,
    product::{Product, Sku},
    role::Role,
    version::Version,
};

/// The folder that they are kept in.
#[derive(Debug)]
pub struct Pictures(pub PathBuf);

impl Pictures {
    /// Removes one. A file that no product names is in nobody's way, so it may fail.
    async fn remove(&self, name: &SafeFileName) {
        if let Err(error) = tokio::fs::remove_file(self.0.join(name.as_str())).await {
            tracing::warn!(%error, "a picture that is no longer used could not be removed");
        }
    }
}

/// A new picture of a product.
#[derive(Input)]
pub struct NewPicture {
    /// The picture.
    #[input(max_bytes = 2 * MIB, kinds = PictureKinds::KINDS)]
    pub picture: UploadedFile,
}

/// The kinds of picture that are kept and shown.
pub struct PictureKinds;

impl DownloadKinds for PictureKinds {
    const KINDS: &'static [FileKind] = &[FileKind::Jpeg, FileKind::Png, FileKind::WebP];
}

/// Shows the picture of a product.
#[get("/products/{sku}/picture", version = Version::V2.., public = "the catalogue is for everybody",
      limit = BROWSE)]
pub async fn get_picture(
    Unowned(sku): Unowned<Sku>,
    db: Reader<Db>,
    pictures: Service<Pictures>,
) -> Result<Download<PictureKinds>, PictureError> {
    let name = Product::picture(&*db, &sku).await?.ok_or(PictureError::NoPicture)?;
    let picture = Download::kept(&pictures.0, &name).await.map_err(StoreError::from)?;
    Ok(picture.inline())
}

/// Keeps a picture of a product, in the place of the one before.
#[put("/products/{sku}/picture", version = Version::V2.., role = Role::Warehouse, limit = BROWSE)]
pub async fn set_picture(
    Unowned(sku): Unowned<Sku>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    pictures: Service<Pictures>,
    Upload(new): Upload<NewPicture>,
) -> Result<NoContent, ProductError> {
    // The file is written before the change begins: a database that waits for a disk serves nobody else.
    let name = new.picture.persist(&pictures.0).await.map_err(StoreError::from)?;
    let mut change = db.begin().await?;
    let Some(before) = Product::set_picture(&mut change, &sku, &name, caller.subject()).await?
    else {
        pictures.remove(&name).await;
        return Err(ProductError::NoProduct);
    };
    event::record(&mut change, &clock, Some(caller.subject()), Kind::PictureChanged, &sku).await?;
    change.commit().await?;
    if let Some(before) = before {
        pictures.remove(&before).await;
    }
    Ok(NoContent)
}
