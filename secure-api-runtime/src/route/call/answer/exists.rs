//! The answer to a question if something is there: 204 where it is, and 404 where it is not.

use std::convert::Infallible;

use http::{HeaderValue, StatusCode, header};

use super::{Answer, Answered, Arms, Nothing, Outcome};
use crate::{
    error::{Problem, problem},
    rendered::Rendered,
    route::{
        call::{Context, Reading, etag},
        facts::{AnswerInfo, Content},
    },
    verb::Verb,
};

/// 204 where something is there, and 404 where it is not: a GET that shows nothing.
///
/// It is for contracts that others wrote. Where there is something to show, HEAD asks the same of any GET, and an `Option` answers 404.
/// The 204 has an entity tag, so that `If-None-Match: *` on a PUT of its path creates and does not replace.
///
/// ```
/// # mod app {
/// use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Value)] #[value(text, max_len = 40, unowned = "anybody may read about a tool")] pub struct Tool(String);
///
/// /// Tells if a tool is in the house.
/// #[get("/tools/{tool}", version = Version::V1.., role = Role::Member)]
/// pub async fn has_tool(tool: Unowned<Tool>) -> Exists {
///     Exists(tool.0.as_str() == "saw")
/// }
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Exists(pub bool);

impl Outcome for Exists {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl Answer for Exists {
    type Inner = Nothing;
    const INFO: AnswerInfo = AnswerInfo {
        own_problems: &[&problem::NOT_FOUND],
        ..AnswerInfo::new("`Exists`", &[Verb::Get, Verb::Query], 204, Content::None)
    };

    fn answer(self, context: &Context, _: Arms<Nothing>) -> Answered {
        if !self.0 {
            return Err(Problem::new(&problem::NOT_FOUND).because("the handler found nothing"));
        }
        let tag: HeaderValue = etag::of(&[]);
        let mut rendered =
            Rendered::empty(match context.conditions.of_read(&context.headers, &tag)? {
                Reading::Shown => StatusCode::NO_CONTENT,
                Reading::Known => StatusCode::NOT_MODIFIED,
            });
        rendered.field(header::ETAG, tag);
        Ok(rendered)
    }
}
