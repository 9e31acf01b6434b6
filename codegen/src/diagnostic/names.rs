//! Finds known names that are similar to an unknown one.

use super::Diagnostic;
use super::suggestion::Suggested;
use crate::source::Span;

impl Diagnostic {
    /// Suggests the known name that is most similar to the one at `span`. The suggestion is certain
    /// if no other name is similar. If no name is similar, lists the known names, unless there are
    /// many.
    pub(crate) fn suggest_name<'a>(
        &mut self,
        written: &str,
        span: Span,
        known: impl IntoIterator<Item = &'a str>,
    ) -> &mut Self {
        let known: Vec<&str> = known.into_iter().collect();
        let all = all_near(written, &known);
        let as_near = nearest_of(written, &all);
        if as_near.len() > 1 {
            let list: Vec<String> = as_near.iter().map(|name| format!("`{name}`")).collect();
            return self.help(format!("similar names exist: {}", list.join(", ")));
        }
        if let [near, others @ ..] = &all[..] {
            self.suggest("a similar name exists", span, *near);
            return match others {
                [] => self,
                _ => self.uncertain(),
            };
        }
        let parts: Vec<&str> = written.split(',').map(str::trim).collect();
        if parts.len() > 1 && parts.iter().all(|part| known.contains(part)) {
            let list = format!("[{}]", parts.join(", "));
            self.suggestion = Some(Suggested::yaml("write several names as a list", span, list));
            return self;
        }
        if (1..=12).contains(&known.len()) {
            let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            let list = match &list[..] {
                [only] => only.clone(),
                list => format!("one of {}", list.join(", ")),
            };
            self.help(format!("expected {list}"));
        }
        self
    }

    /// Suggests the command whose full name ends with what is written, or else one with a similar name.
    pub(crate) fn suggest_title(
        &mut self,
        written: &str,
        span: Span,
        titles: Vec<&str>,
    ) -> &mut Self {
        let ends = |title: &&&str| {
            let begin = title.strip_suffix(written);
            begin.is_some_and(|begin| begin.ends_with(' '))
        };
        let mut meant = titles.iter().filter(ends);
        let (first, second) = (meant.next(), meant.next());
        let Some(title) = first else {
            return self.suggest_name(written, span, titles);
        };
        self.suggest("use the full name of the command", span, *title);
        match second {
            Some(_) => self.uncertain(),
            None => self,
        }
    }
}

/// Returns the known name that was probably meant by `written`, or `None` if two are equally similar.
pub(crate) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    match nearest_of(written, &all_near(written, known))[..] {
        [near] => Some(near),
        _ => None,
    }
}

/// Returns the names with the smallest distance. `near` is sorted by distance.
fn nearest_of<'a>(written: &str, near: &[&'a str]) -> Vec<&'a str> {
    let distance = |name: &&&str| strsim::osa_distance(written, name);
    let smallest = near.first().map(|first| distance(&first));
    let near = near
        .iter()
        .take_while(|name| Some(distance(name)) == smallest);
    near.copied().collect()
}

/// Returns the known names that are similar to `written`, the most similar first, without duplicates.
fn all_near<'a>(written: &str, known: &[&'a str]) -> Vec<&'a str> {
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .filter(|name| is_near(written, name))
        .map(|name| (strsim::osa_distance(written, name), *name))
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().map(|(_, name)| name).collect()
}

/// Whether two names are similar in what distinguishes them: not in their dashes, and not in the words or
/// directories before both.
fn is_near(written: &str, name: &str) -> bool {
    let words = |name: &str| name.split([' ', '/']).count();
    if words(written) != words(name) {
        return false;
    }
    let common = written.bytes().zip(name.bytes());
    let common = common.take_while(|(a, b)| a == b).count();
    let begin = written.as_bytes()[..common]
        .iter()
        .rposition(|byte| [b' ', b'/'].contains(byte))
        .map_or(0, |at| at + 1);
    let written = written[begin..].trim_start_matches('-');
    let name = name[begin..].trim_start_matches('-');
    // Two swapped letters count as one error (OSA distance).
    let distance = strsim::osa_distance(written, name);
    let (letters, others) = (written.chars().count(), name.chars().count());
    // A third of the letters may be wrong, but not half of a short name.
    distance <= (letters / 3).clamp(1, 4) && (distance == 0 || distance * 2 < letters.max(others))
}
