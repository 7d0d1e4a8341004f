//! The answer of an operation, as plain data.

use super::schemas;
use crate::{
    inventory::{AnswerModel, ContentModel},
    route::{AnswerInfo, Content},
};

pub(super) fn answer_of(answer: &AnswerInfo) -> AnswerModel {
    let media_types = match answer.content {
        Content::File(kinds) => kinds.iter().map(|kind| kind.media_type().to_owned()).collect(),
        Content::None | Content::One | Content::Page | Content::Array(_) | Content::Free(_) => {
            Vec::new()
        }
    };
    AnswerModel {
        status: answer.status,
        content: match answer.content {
            Content::None => ContentModel::None,
            Content::One => ContentModel::One,
            Content::Free(_) => ContentModel::Free,
            Content::Page => ContentModel::Page,
            Content::Array(most) => ContentModel::Array(most as u64),
            Content::File(_) => ContentModel::File,
        },
        free: match answer.content {
            Content::Free(bounds) => Some(schemas::free(bounds)),
            _ => None,
        },
        media_types,
        location: answer.location,
    }
}
