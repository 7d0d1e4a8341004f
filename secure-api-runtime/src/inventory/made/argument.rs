//! Arguments of handlers, as plain data.

use super::{Maker, owned, short};
use crate::{
    inventory::ArgumentModel,
    route::{ArgumentInfo, RawFacts, RawForm, Route},
};

impl Maker {
    /// Describes an argument; `None` if the path has no parameter left for it: such a route does not compile.
    pub(super) fn argument(
        &mut self,
        route: &Route,
        argument: ArgumentInfo,
        parameters: &mut std::slice::Iter<'_, &'static str>,
    ) -> Option<ArgumentModel> {
        Some(match argument {
            ArgumentInfo::Object { name, key, store: _ } => ArgumentModel::Object {
                parameter: (*parameters.next()?).to_owned(),
                object: short(name).to_owned(),
                key: self.schemas.of(&key),
            },
            ArgumentInfo::Unchecked { name, store: _ } => {
                ArgumentModel::Unchecked(short(name).to_owned())
            }
            ArgumentInfo::Unowned { key, reason } => ArgumentModel::Unowned {
                parameter: (*parameters.next()?).to_owned(),
                key: self.schemas.of(&key),
                reason: reason.to_owned(),
            },
            ArgumentInfo::Query(object) => ArgumentModel::Query(self.schemas.object(&object)),
            ArgumentInfo::Headers(object) => ArgumentModel::Headers(self.schemas.object(&object)),
            ArgumentInfo::Cookies(object) => ArgumentModel::Cookies(self.schemas.object(&object)),
            ArgumentInfo::Paging => ArgumentModel::Paging,
            ArgumentInfo::Body { shape, media, optional } => {
                ArgumentModel::Body { schema: self.schemas.of(&shape), media, optional }
            }
            ArgumentInfo::RawBody(RawFacts { form, most }) => ArgumentModel::RawBody {
                media_types: owned(route.raw_types(form)),
                max_bytes: most,
                text: form == RawForm::Text,
                file: !route.body_kinds().is_empty(),
            },
            ArgumentInfo::Store(_, name) => ArgumentModel::Store(name.to_owned()),
            ArgumentInfo::Service(_, name)
            | ArgumentInfo::ApiKeys(_, name)
            | ArgumentInfo::ApiKeyList(_, name) => ArgumentModel::Service(name.to_owned()),
            #[cfg(feature = "client")]
            ArgumentInfo::Upstream(_, name) => ArgumentModel::Service(name.to_owned()),
            #[cfg(feature = "client")]
            ArgumentInfo::Webhook(_, name) => ArgumentModel::Webhook(name.to_owned()),
            ArgumentInfo::Caller => ArgumentModel::Caller,
            ArgumentInfo::Context | ArgumentInfo::OpenSessions => ArgumentModel::Context,
            ArgumentInfo::Sessions => ArgumentModel::Sessions,
            ArgumentInfo::Tokens => ArgumentModel::Tokens,
            ArgumentInfo::Extractor(name) => ArgumentModel::Extractor(name.to_owned()),
            ArgumentInfo::BodyExtractor(name) => ArgumentModel::BodyExtractor(name.to_owned()),
        })
    }
}
