//! The argument of a body.

use super::{Project, circle, used::Flavour};
use crate::cli::import::decide::plan::{BodyPlan, Ty};

/// The most bytes of a body that is held in memory.
const MOST_HELD: u64 = 64 * 1024 * 1024;

impl Project<'_> {
    /// Returns the argument of a body.
    pub(super) fn body(&mut self, body: &BodyPlan, ident: &str) -> String {
        let (wrapper, ty, flavour) = match body {
            BodyPlan::Json(ty) | BodyPlan::PerhapsJson(ty) => ("Json", ty, Flavour::Input),
            BodyPlan::Patch(ty) => ("Patch", ty, Flavour::Patch),
            BodyPlan::Form(ty) => ("Form", ty, Flavour::Input),
            BodyPlan::Upload(ty) => ("Upload", ty, Flavour::Upload),
            BodyPlan::Text => return format!("TextBody({ident}): TextBody<{}>", self.bytes()),
            BodyPlan::Bytes(_, most) => {
                // What is larger is not held in memory.
                let is_large = most.or(self.answers.bytes).is_some_and(|bytes| bytes > MOST_HELD);
                let taken = if is_large { "StreamedBody" } else { "RawBody" };
                let most = most.map_or_else(|| self.bytes(), |most| most.to_string());
                return format!("{ident}: {taken}<{most}>");
            }
            BodyPlan::Extractor => {
                self.has_extractor = true;
                return format!(
                    "secure_api::route::BodyExtractor({ident}): secure_api::route::BodyExtractor<axum::body::Bytes>"
                );
            }
        };
        let ty = match ty {
            Ty::Nullable(inner) => &**inner,
            ty => ty,
        };
        let written = match ty {
            Ty::List(inner, fewest, most, _) => {
                let inner = self.written(inner, flavour).ty;
                format!("Array<{}, {}, {fewest}>", circle::unboxed(&inner), self.most(*most))
            }
            ty => circle::unboxed(&self.written(ty, flavour).ty),
        };
        if let BodyPlan::PerhapsJson(_) = body {
            return format!("{ident}: Option<{wrapper}<{written}>>");
        }
        format!("{wrapper}({ident}): {wrapper}<{written}>")
    }
}
