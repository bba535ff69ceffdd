//! Plots, drawn as SVG: bars of two series, told apart without colour, too.

use maud::{Markup, html};

use super::{Language, moments::grouped, screen::table};

/// One bar of each series.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) requests: u64,
    pub(super) papers: u64,
}

pub(super) struct Plot<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    /// What the bars are of.
    pub(super) of: &'a str,
    pub(super) bars: &'a [Bar],
}

const WIDTH: u64 = 960;
const LABELS: u64 = 300;
const FIGURES: u64 = 90;
const ROW: u64 = 52;
/// Of the plot by hours.
const HEIGHT: u64 = 300;
const LEFT: u64 = 64;
const BOTTOM: u64 = 40;
const TOP: u64 = 16;
/// Letters of a label that fit beside its bar.
const LETTERS: usize = 18;

impl Plot<'_> {
    /// Bars below each other, each with its label.
    pub(super) fn lying(&self, language: Language) -> Markup {
        let most = self.most();
        let room = WIDTH - LABELS - FIGURES;
        let long = |count: u64| (count * room).div_ceil(most);
        let height = ROW * self.bars.len() as u64;
        let drawing = html! {
            svg.plot viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-labelledby=(self.title_id()) {
                @for (bar, y) in self.bars.iter().zip((0..).step_by(usize::try_from(ROW).unwrap_or(1))) {
                    text x=(LABELS - 16) y=(y + 32) text-anchor="end" { (shortened(&bar.label)) }
                    rect.requests x=(LABELS) y=(y + 6) width=(long(bar.requests)) height="18" rx="3" {}
                    rect.papers x=(LABELS) y=(y + 27) width=(long(bar.papers)) height="18" rx="3" {}
                    text.figure x=(LABELS + long(bar.requests) + 10) y=(y + 21) { (grouped(bar.requests)) }
                    text.figure x=(LABELS + long(bar.papers) + 10) y=(y + 42) { (grouped(bar.papers)) }
                }
                line.axis x1=(LABELS) y1="0" x2=(LABELS) y2=(height) {}
            }
        };
        self.figure(&drawing, language)
    }

    /// Bars beside each other over a scale.
    pub(super) fn standing(&self, language: Language) -> Markup {
        let step = step(self.most());
        let top = self.most().div_ceil(step) * step;
        let room = HEIGHT - BOTTOM - TOP;
        let tall = |count: u64| count * room / top;
        let wide = (WIDTH - LEFT) / (self.bars.len() as u64).max(1);
        let floor = HEIGHT - BOTTOM;
        let drawing = html! {
            svg.plot viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-labelledby=(self.title_id()) {
                @for line in 0..=top / step {
                    @let y = floor - tall(line * step);
                    line.scale x1=(LEFT) y1=(y) x2=(WIDTH) y2=(y) {}
                    text.figure x=(LEFT - 10) y=(y + 5) text-anchor="end" { (grouped(line * step)) }
                }
                @for (bar, index) in self.bars.iter().zip(0..) {
                    @let x = LEFT + index * wide + 2;
                    @let half = (wide - 6) / 2;
                    rect.requests x=(x) y=(floor - tall(bar.requests)) width=(half) height=(tall(bar.requests)) {}
                    rect.papers x=(x + half + 1) y=(floor - tall(bar.papers)) width=(half) height=(tall(bar.papers)) {}
                    text.figure x=(x + half) y=(floor + 26) text-anchor="middle" { (bar.label) }
                }
                line.axis x1=(LEFT) y1=(floor) x2=(WIDTH) y2=(floor) {}
            }
        };
        self.figure(&drawing, language)
    }

    fn most(&self) -> u64 {
        let counts = self.bars.iter().map(|it| it.requests.max(it.papers));
        counts.max().unwrap_or(0).max(1)
    }

    fn title_id(&self) -> String {
        format!("plot-{}", self.id)
    }

    /// The drawing, and the same as a table.
    fn figure(&self, drawing: &Markup, language: Language) -> Markup {
        let [requests, papers] = series(language);
        let rows = html! {
            @for bar in self.bars {
                tr {
                    th scope="row" { (bar.label) }
                    td.figure { (grouped(bar.requests)) }
                    td.figure { (grouped(bar.papers)) }
                }
            }
        };
        html! {
            section.card {
                h2 id=(self.title_id()) { (self.title) }
                p.legend {
                    span { svg viewBox="0 0 24 16" aria-hidden="true" { rect.requests x="1" y="1" width="22" height="14" rx="3" {} } (requests) }
                    span { svg viewBox="0 0 24 16" aria-hidden="true" { rect.papers x="1" y="1" width="22" height="14" rx="3" {} } (papers) }
                }
                div.drawing role="group" aria-label=(self.title) tabindex="0" { (drawing) }
                details {
                    summary { (language.say("표로 보기", "As a table")) }
                    (table(self.title, &[self.of, &figures(requests), &figures(papers)], &rows))
                }
            }
        }
    }
}

/// What the two series count.
pub(super) fn series(language: Language) -> [&'static str; 2] {
    language.say(["접수", "종이로 발급"], ["Handed in", "Given out on paper"])
}

fn figures(head: &str) -> String {
    format!("#{head}")
}

fn shortened(label: &str) -> String {
    let mut letters = label.chars();
    let first: String = letters.by_ref().take(LETTERS).collect();
    match letters.next() {
        None => first,
        Some(_) => first.chars().take(LETTERS - 1).chain(['…']).collect(),
    }
}

/// Between two lines of a scale: 1, 2 or 5 times a power of ten, four or five of them.
fn step(most: u64) -> u64 {
    let mut power = 1;
    loop {
        for times in [1, 2, 5] {
            if times * power * 5 >= most {
                return times * power;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, requests: u64, papers: u64) -> Bar {
        Bar {
            label: label.to_owned(),
            requests,
            papers,
        }
    }

    #[test]
    fn a_scale_has_few_lines_with_round_figures() {
        for (most, between) in [(1, 1), (5, 1), (6, 2), (24, 5), (26, 10), (1_001, 500)] {
            assert_eq!(step(most), between, "{most}");
        }
    }

    #[test]
    fn the_longest_bar_fills_the_room_and_all_stand_in_the_table_too() {
        let bars = [bar("토지대장", 40, 20), bar("<script>", 0, 0)];
        let plot = Plot {
            id: "services",
            title: "서비스별",
            of: "서비스",
            bars: &bars,
        };

        let drawn = plot.lying(Language::Korean).into_string();

        let room = WIDTH - LABELS - FIGURES;
        assert!(drawn.contains(&format!("width=\"{room}\"")));
        assert!(drawn.contains(&format!("width=\"{}\"", room / 2)));
        assert!(drawn.contains("&lt;script&gt;") && !drawn.contains("<script"));
        assert_eq!(drawn.matches("<tr>").count(), 3);
    }

    #[test]
    fn nothing_at_all_is_drawn_without_dividing_by_it() {
        let bars: Vec<Bar> = (0..24).map(|it| bar(&it.to_string(), 0, 0)).collect();
        for bars in [&bars[..], &[]] {
            let plot = Plot {
                id: "hours",
                title: "시간대별",
                of: "시",
                bars,
            };
            let _ = (
                plot.standing(Language::Korean),
                plot.lying(Language::Korean),
            );
        }
    }

    #[test]
    fn a_long_label_is_shortened_and_a_fitting_one_is_not() {
        assert_eq!(shortened("토지대장"), "토지대장");
        let long = "건강보험자격득실확인서와보험료납부확인서";
        assert_eq!(shortened(long).chars().count(), LETTERS);
        assert!(shortened(long).ends_with('…'));
    }
}
