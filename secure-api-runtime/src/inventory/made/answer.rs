//! The answer of an operation, as plain data.

use std::time::Duration;

use super::{Schemas, schemas};
use crate::{
    inventory::{AnswerModel, ContentModel, HeaderModel, PageModel},
    route::{AnswerInfo, Content, HeaderInfo, PageShape, RouteOptions},
};

pub(super) fn answer_of(
    answer: &AnswerInfo,
    (page, redirects): (Option<&PageShape>, &[&str]),
    &RouteOptions { media_type, open, .. }: &RouteOptions,
    lasts: Duration,
    schemas: &mut Schemas,
) -> AnswerModel {
    let headers = (answer.headers)();
    let media_types = match answer.content {
        Content::File(_)
        | Content::Text(_)
        | Content::Bytes(_)
        | Content::Stream(_)
        | Content::Rows(_)
        | Content::Events => {
            answer.media_types(media_type).into_iter().map(str::to_owned).collect()
        }
        Content::None
        | Content::One
        | Content::Page
        | Content::Array(_)
        | Content::Map(_)
        | Content::Free(_)
        | Content::Scalar { .. } => Vec::new(),
    };
    AnswerModel {
        status: answer.status,
        content: match answer.content {
            Content::None => ContentModel::None,
            Content::One => ContentModel::One,
            Content::Free(_) => ContentModel::Free,
            Content::Scalar { .. } => ContentModel::Scalar,
            Content::Page => ContentModel::Page,
            Content::Array(most) => ContentModel::Array(most as u64),
            Content::Map(most) => ContentModel::Map(most as u64),
            Content::File(_) => ContentModel::File,
            Content::Text(most) => ContentModel::Text(most as u64),
            Content::Bytes(most) => ContentModel::Bytes(most as u64),
            Content::Events => ContentModel::Events,
            Content::Rows(most) => ContentModel::Rows(most as u64),
            Content::Stream(most) => ContentModel::Stream(most as u64),
        },
        free: match answer.content {
            Content::Free(bounds) => Some(schemas::free(bounds)),
            _ => answer.shape.map(|shape| schemas.of(&shape())),
        },
        media_types,
        location: answer.location,
        redirects: redirects.iter().map(|host| (*host).to_owned()).collect(),
        open,
        lasts_seconds: answer.flows().then_some(lasts.as_secs_f64()),
        page: page.map(PageModel::from),
        headers: headers.iter().map(|header| header_of(header, schemas)).collect(),
    }
}

fn header_of(header: &HeaderInfo, schemas: &mut Schemas) -> HeaderModel {
    HeaderModel {
        name: header.name.to_owned(),
        description: header.description.to_owned(),
        schema: schemas.of(&header.bounded()),
        always: header.always,
    }
}

impl From<&PageShape> for PageModel {
    fn from(&PageShape { items, total, next, links }: &PageShape) -> Self {
        let [items, total, next] = [items, total, next].map(|name| name.map(str::to_owned));
        Self { items, total, next, links: links.is_some() }
    }
}
