//! What a build took, phase by phase. In: [`Timings`]. Out: a table for people ([`table`]), or an object for machines
//! ([`Json`]); and the units of numbers: [`time`], [`bytes`], [`count`], [`rate`].

use serde::Serialize;

use crate::progress::{PhaseTiming, Timings};

/// A line for each phase and one for the whole, which holds what lies between the phases too.
///
/// ```text
/// phase      time  items    bytes    items/s
/// detect  1.20 ms  5,245  12.3 MB  4,356,312
/// total    4.10 s
/// ```
pub(crate) fn table(timings: &Timings) -> String {
    let head = ["phase", "time", "items", "bytes", "items/s"].map(str::to_owned);
    let total = ["total".to_owned(), time(timings.total_micros)];
    let total = [total.as_slice(), &[const { String::new() }; 3]].concat();
    let rows: Vec<Vec<String>> = std::iter::once(head.to_vec())
        .chain(timings.phases.iter().map(row))
        .chain(std::iter::once(total))
        .collect();
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
        })
        .map(Option::unwrap_or_default)
        .collect();
    rows.iter().map(|row| aligned(row, &widths) + "\n").collect()
}

fn row(timing: &PhaseTiming) -> Vec<String> {
    let PhaseTiming { phase, micros, items, bytes: n_bytes } = *timing;
    let rate = rate(items, micros).filter(|_| items > 0);
    vec![
        phase.name().to_owned(),
        time(micros),
        count(items),
        bytes(n_bytes),
        rate.map(count).unwrap_or_default(),
    ]
}

/// The first column to the left, the others to the right.
fn aligned(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (at, (cell, &width)) in row.iter().zip(widths).enumerate() {
        if at == 0 {
            line.push_str(&format!("{cell:width$}"));
        } else {
            line.push_str(&format!("  {cell:>width$}"));
        }
    }
    line.trim_end().to_owned()
}

/// Exact figures of each phase.
#[derive(Debug, Serialize)]
pub(crate) struct Json {
    total_micros: u64,
    phases: Vec<JsonPhase>,
}

#[derive(Debug, Serialize)]
struct JsonPhase {
    phase: &'static str,
    micros: u64,
    items: u64,
    bytes: u64,
}

impl From<&Timings> for Json {
    fn from(timings: &Timings) -> Self {
        let phases = timings.phases.iter().map(|timing| {
            let PhaseTiming { phase, micros, items, bytes } = *timing;
            JsonPhase { phase: phase.name(), micros, items, bytes }
        });
        Self { total_micros: timings.total_micros, phases: phases.collect() }
    }
}

/// Microseconds in a unit that leaves three figures: `412 µs`, `63.1 ms`, `4.10 s`, `2 min 05 s`, `1 h 02 min`.
pub(crate) fn time(micros: u64) -> String {
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..999_500 => figures(micros as f64 / 1e3, "ms"),
        999_500..59_950_000 => figures(micros as f64 / 1e6, "s"),
        _ => {
            let seconds = micros.saturating_add(500_000) / 1_000_000;
            let (hours, minutes) = (seconds / 3600, seconds / 60);
            if hours == 0 {
                format!("{minutes} min {:02} s", seconds % 60)
            } else {
                format!("{hours} h {:02} min", minutes % 60)
            }
        }
    }
}

/// A number of bytes in a decimal unit that leaves three figures: `812 B`, `12.3 kB`, `1.05 GB`.
pub(crate) fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..999_500 => figures(count as f64 / 1e3, "kB"),
        999_500..999_500_000 => figures(count as f64 / 1e6, "MB"),
        999_500_000..999_500_000_000 => figures(count as f64 / 1e9, "GB"),
        _ => figures(count as f64 / 1e12, "TB"),
    }
}

/// Three figures.
fn figures(value: f64, unit: &str) -> String {
    let n_decimals = match value {
        ..9.995 => 2,
        ..99.95 => 1,
        _ => 0,
    };
    format!("{value:.n_decimals$} {unit}")
}

/// A number with its thousands set apart: `5,245`.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Items in a second; `None` where no time has passed.
pub(crate) fn rate(items: u64, micros: u64) -> Option<u64> {
    let rate = (u128::from(items) * 1_000_000).checked_div(u128::from(micros))?;
    Some(u64::try_from(rate).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Phase;

    #[test]
    fn the_table_is_aligned_and_leaves_out_what_is_not_known() {
        let timing = |phase, micros, items, bytes| PhaseTiming { phase, micros, items, bytes };
        let timings = Timings {
            phases: vec![
                timing(Phase::Detect, 1_204, 5_245, 12_300_000),
                timing(Phase::Plan, 0, 0, 0),
                timing(Phase::Render, 3_800_000, 1_234_567, 9_870_000_000),
            ],
            total_micros: 4_104_000,
        };
        let table = table(&timings);
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(
            lines,
            [
                "phase      time      items    bytes    items/s",
                "detect  1.20 ms      5,245  12.3 MB  4,356,312",
                "plan       0 µs          0      0 B",
                "render   3.80 s  1,234,567  9.87 GB    324,886",
                "total    4.10 s",
            ]
        );
    }

    #[test]
    fn units_keep_three_figures() {
        let times = [999, 1_000, 9_994, 9_995, 99_949, 99_950, 999_499, 999_500, 59_949_999];
        assert_eq!(
            times.map(time),
            [
                "999 µs", "1.00 ms", "9.99 ms", "10.0 ms", "99.9 ms", "100 ms", "999 ms", "1.00 s",
                "59.9 s"
            ]
        );
        assert_eq!(time(59_950_000), "1 min 00 s");
        assert_eq!(time(125_400_000), "2 min 05 s");
        assert_eq!(time(3_725_000_000), "1 h 02 min");
        assert_eq!(time(u64::MAX), "5124095576 h 01 min");
        assert_eq!(
            [0, 999, 1_000, 12_345, 1_000_000, 1_500_000_000].map(bytes),
            ["0 B", "999 B", "1.00 kB", "12.3 kB", "1.00 MB", "1.50 GB"]
        );
        assert_eq!(bytes(u64::MAX), "18446744 TB");
        assert_eq!([0, 999, 1000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!((rate(10, 0), rate(10, 2_000_000)), (None, Some(5)));
    }
}
