//! Known names that are near to one that is not.

use super::Diagnostic;
use super::suggestion::Suggested;
use crate::source::Span;

impl Diagnostic {
    /// Suggests the known name that is nearest to the one written at `span`, if one is near: with
    /// certainty if no other is. Otherwise lists the known names, when they are few.
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
            self.suggestion = Some(Suggested::yaml(
                "several names are written as a list",
                span,
                list,
            ));
            return self;
        }
        if (1..=12).contains(&known.len()) {
            let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            self.help(format!("known here: {}", list.join(", ")));
        }
        self
    }
}

/// The known name that `written` was probably meant to be. `None` where two are equally near.
pub(crate) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    match nearest_of(written, &all_near(written, known))[..] {
        [near] => Some(near),
        _ => None,
    }
}

/// Of near names, sorted by their distance, those that have the smallest.
fn nearest_of<'a>(written: &str, near: &[&'a str]) -> Vec<&'a str> {
    let distance = |name: &&&str| strsim::osa_distance(written, name);
    let smallest = near.first().map(|first| distance(&first));
    let near = near
        .iter()
        .take_while(|name| Some(distance(name)) == smallest);
    near.copied().collect()
}

/// The known names that `written` may have been meant to be, the nearest first, each once.
fn all_near<'a>(written: &str, known: &[&'a str]) -> Vec<&'a str> {
    // A third of the letters may be wrong. Swapped neighbours count as one error (OSA distance).
    let allowed = (written.chars().count() / 3).clamp(1, 4);
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .map(|name| (strsim::osa_distance(written, name), *name))
        .filter(|(distance, name)| *distance <= allowed && *distance < name.chars().count())
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().map(|(_, name)| name).collect()
}
