//! The form that a page of the desk is sent.

use std::time::Duration;

use http::{HeaderMap, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use tokio::time::timeout;

use crate::error::{Problem, problem};

/// The most bytes of a form: its fields are a name, a sentence and a CSRF token.
const MOST: usize = 4096;

/// The time that a form has to arrive.
const PATIENCE: Duration = Duration::from_secs(5);

/// The media type of what a browser sends of a form.
const MEDIA: &str = "application/x-www-form-urlencoded";

/// The fields of a form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the form that a request brings.
    ///
    /// # Errors
    ///
    /// 415 where it is none, 413 where it is too long, 408 where it does not arrive, 400 where it breaks off.
    pub(super) async fn read(headers: &HeaderMap, body: Incoming) -> Result<Self, Problem> {
        let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media = media.and_then(|media| media.split(';').next()).map(str::trim);
        if !media.is_some_and(|media| media.eq_ignore_ascii_case(MEDIA)) {
            return Err(Problem::new(&problem::UNSUPPORTED_MEDIA_TYPE));
        }
        let Ok(read) = timeout(PATIENCE, Limited::new(body, MOST).collect()).await else {
            return Err(Problem::new(&problem::REQUEST_TIMEOUT));
        };
        match read {
            Ok(read) => Ok(Self::parse(&read.to_bytes())),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => {
                Err(Problem::new(&problem::TOO_LARGE))
            }
            Err(_) => Err(Problem::new(&problem::MALFORMED)),
        }
    }

    pub(super) fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// Returns the value of the field of this name; nothing where there are several.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(own, _)| own == name).map(|(_, value)| &**value);
        values.next().filter(|_| values.next().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_is_there_twice_is_none() {
        let form = Form::parse(b"operation=get_order&reason=a+copy+was+found&reason=x");
        assert_eq!(form.field("operation"), Some("get_order"));
        assert_eq!((form.field("reason"), form.field("csrf_token")), (None, None));
    }
}
