//! The limits of numbers and lengths.

use std::str::FromStr;

use crate::diagnostic::Code;
use crate::ir::output::Limits;
use crate::lower::Lower;
use crate::spec;

impl Lower<'_> {
    /// Lowers the limits of a number, which JSON must be able to represent.
    pub(super) fn numbers(&mut self, written: &mut spec::Schema) -> Limits<f64> {
        let (min, max) = (written.minimum.take(), written.maximum.take());
        let places = [&min, &max].map(|text| text.as_ref().map(|text| text.span));
        let limits: Limits<f64> = self.limits(min, max);
        for (limit, place) in [limits.min, limits.max].into_iter().zip(places) {
            if let (Some(limit), Some(place)) = (limit, place) {
                if !limit.is_finite() {
                    self.problems
                        .error(Code::NotALimit, place, "this number is too large")
                        .help("remove the key if there is no limit");
                }
            }
        }
        limits
    }

    /// Lowers the limits of a whole number, which must fit into `u64` or `i64`.
    pub(super) fn integers(&mut self, written: &mut spec::Schema) -> Limits<i128> {
        let (min, max) = (written.minimum.take(), written.maximum.take());
        let places = [&min, &max].map(|text| text.as_ref().map(|text| text.span));
        let limits: Limits<i128> = self.limits(min, max);
        let smallest = match limits.min {
            Some(min) if min >= 0 => 0..=i128::from(u64::MAX),
            _ => i128::from(i64::MIN)..=i128::from(i64::MAX),
        };
        for (limit, place) in [limits.min, limits.max].into_iter().zip(places) {
            if let (Some(limit), Some(place)) = (limit, place) {
                if !smallest.contains(&limit) {
                    self.problems
                        .error(
                            Code::NotALimit,
                            place,
                            format!("`{limit}` doesn't fit into 64 bits"),
                        )
                        .help("use `minimum: 0` to allow larger numbers");
                }
            }
        }
        limits
    }

    /// Parses the limits and checks their order.
    pub(super) fn limits<T: Copy + FromStr + PartialOrd>(
        &mut self,
        min: Option<spec::Text>,
        max: Option<spec::Text>,
    ) -> Limits<T> {
        let place = max.as_ref().map(|text| text.span);
        let what = match T::from_str("0.5") {
            Ok(_) => "number",
            Err(_) => "whole number",
        };
        let limits = Limits {
            min: self.limit(min, what),
            max: self.limit(max, what),
        };
        if let (Some(min), Some(max), Some(place)) = (limits.min, limits.max, place) {
            self.ordered(min <= max, place);
        }
        limits
    }
}
