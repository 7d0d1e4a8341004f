//! The shape of a segment: what stands around its parameters, as `.json` in `{name}.json`, and the texts that are of it.

/// Returns what stands before, between and behind the parameters of a segment. Parameters between which nothing stands are one.
pub(super) fn literals(segment: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = segment;
    while let Some((before, parameter)) = rest.split_once('{')
        && let Some(end) = closing(parameter)
    {
        if found.is_empty() || !before.is_empty() {
            found.push(before.to_owned());
        }
        rest = &parameter[end + 1..];
    }
    found.push(rest.to_owned());
    found
}

/// Returns the place of the brace that ends a parameter, whose name may be followed by a pattern with braces.
fn closing(parameter: &str) -> Option<usize> {
    let mut open = 0usize;
    parameter.find(|letter| {
        let ends = letter == '}' && open == 0;
        match letter {
            '{' => open += 1,
            '}' => open = open.saturating_sub(1),
            _ => {}
        }
        ends
    })
}

/// Returns `true` if a text fills each parameter between these texts. As the app reads it, only the last may hold what follows.
pub(super) fn may_be(literals: &[String], text: &str) -> bool {
    let [first, between @ .., last] = literals else { return false };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for literal in between {
        match rest.split_once(literal.as_str()) {
            Some((value, behind)) if !value.is_empty() => rest = behind,
            _ => return false,
        }
    }
    rest.strip_suffix(last.as_str()).is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_parameter_has_a_text() {
        assert_eq!(literals("{a}-{b}.csv"), ["", "-", ".csv"]);
        assert_eq!(literals("{a}"), ["", ""]);
        assert_eq!(literals("{a}{b}"), ["", ""]);
        assert_eq!(literals("{a:[0-9]{3}}-x"), ["", "-x"]);
        assert_eq!(literals("a{b"), ["a{b"]);
        for (segment, text, fits) in [
            ("{a}-{b}", "x-y", true),
            ("{a}-{b}", "x-y-z", true),
            ("{a}-{b}", "xy", false),
            ("{a}-{b}", "-y", false),
            ("{a}-{b}", "x-", false),
            ("{a}.json", "x.json", true),
            ("{a}.json", ".json", false),
            ("v{a}", "v", false),
            ("word", "word", false),
        ] {
            assert_eq!(may_be(&literals(segment), text), fits, "{segment} {text}");
        }
    }
}
