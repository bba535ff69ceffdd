//! Which station this is: by the label that was delivered with the machine, scanned or typed.

use request::StationId;

use crate::view::{Label, LabelProblem, Touch};

/// What the code on a delivery label begins with.
const LABEL: &str = "MINWON1:";
/// Digits of a claim code.
const DIGITS: usize = 16;

#[derive(Clone, Debug)]
pub(crate) struct Labelling {
    stations: Vec<String>,
    chosen: Option<usize>,
    code: String,
    problem: Option<LabelProblem>,
}

impl Labelling {
    pub(crate) fn new(stations: Vec<String>) -> Self {
        Self {
            chosen: (stations.len() == 1).then_some(0),
            stations,
            code: String::new(),
            problem: None,
        }
    }

    /// Station and claim code, when the label has both and the station may be this machine.
    pub(crate) fn scanned(&mut self, text: &str) -> Option<(StationId, String)> {
        let parts = text
            .trim()
            .strip_prefix(LABEL)
            .and_then(|it| it.split_once(':'));
        let Some((station, code)) = parts.filter(|(_, code)| is_code(code)) else {
            self.problem = Some(LabelProblem::NotALabel);
            return None;
        };
        if !self.stations.iter().any(|it| it == station) {
            self.problem = Some(LabelProblem::OtherStation);
            return None;
        }
        Some((StationId::new(station), code.to_owned()))
    }

    pub(crate) fn touched(&mut self, touch: Touch) -> Option<(StationId, String)> {
        match touch {
            Touch::Choose(station) if station < self.stations.len() => {
                self.chosen = Some(station);
            }
            Touch::Digit(digit) if digit <= 9 && self.code.len() < DIGITS => {
                self.problem = None;
                self.code += &digit.to_string();
            }
            Touch::Erase => {
                self.code.pop();
            }
            Touch::Back if self.stations.len() > 1 => {
                self.chosen = None;
                self.code.clear();
            }
            Touch::Continue => {
                let station = self.chosen.and_then(|it| self.stations.get(it))?;
                if is_code(&self.code) {
                    return Some((StationId::new(station.clone()), self.code.clone()));
                }
                self.problem = Some(LabelProblem::Mistyped);
            }
            Touch::Again
            | Touch::Back
            | Touch::Digit(_)
            | Touch::Choose(_)
            | Touch::Yes
            | Touch::No
            | Touch::Target(_)
            | Touch::ByPaper => {}
        }
        None
    }

    pub(crate) fn view(&self) -> Label {
        let digits: Vec<char> = self.code.chars().collect();
        let groups: Vec<String> = digits.chunks(4).map(|it| it.iter().collect()).collect();
        Label {
            stations: self.stations.clone(),
            chosen: self.chosen,
            code: groups.join(" "),
            problem: self.problem,
        }
    }
}

fn is_code(code: &str) -> bool {
    code.len() == DIGITS && code.bytes().all(|it| it.is_ascii_digit())
}
