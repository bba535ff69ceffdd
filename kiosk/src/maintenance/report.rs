//! The readiness report and the support bundle: what a machine says of itself, and of
//! nobody else.

use serde_json::{Value, json};

use super::{
    Maintenance, Moment, PageOrder, Saving, fittings::Slot, test::Test, tongue::moment, view::Mark,
};

const TEMPLATE: &str = include_str!("report.typ");

impl Maintenance {
    /// What keeps this machine from being ready, in words; nothing where it is.
    pub(super) fn unready(&self) -> Vec<String> {
        let mut why = Vec::new();
        for slot in self.slots() {
            if self.slot_mark(slot) != Mark::Good {
                let fault = self.fittings.standing(slot).fault;
                let code = fault.map_or(String::new(), |it| it.code());
                let name = self.slot_name(slot);
                why.push(format!("{name} {code}").trim_end().to_owned());
            }
        }
        for test in self.tests() {
            let name = test.name(self.tongue);
            match self.book.last_test(test) {
                Some((_, true, _)) => {}
                Some((_, false, code)) => {
                    let failed = self.say("시험 실패", "test failed");
                    why.push(format!("{name}: {failed} {code}"));
                }
                None => {
                    let missing = self.say("시험하지 않음", "not tested");
                    why.push(format!("{name}: {missing}"));
                }
            }
        }
        if !self.linked {
            why.push(self.say("중계 서버에 연결되지 않음", "The exchange is away"));
        }
        if !self.clock_is_right() {
            why.push(self.say("시계가 중계 서버와 다름", "The clock is not the exchange's"));
        }
        if self.ledger.broken || self.ledger.full {
            why.push(self.say("기록장을 쓸 수 없음", "The journal cannot be written"));
        }
        why
    }

    pub(super) fn report(&self, now: Moment) -> Saving {
        let why = self.unready();
        let data = self.report_data(&why, now);
        Saving {
            name: format!("readiness-{}-{}", self.fitted.station, stamp(now)),
            page: Some(PageOrder {
                template: TEMPLATE,
                data: self.page_data(&why, now),
                title: "minwon-readiness",
                printed_on: now.wall,
            }),
            json: data,
            with_log: false,
        }
    }

    /// For whoever is to find out what is wrong: without a word about a citizen, for the
    /// machine that makes it knows none.
    pub(super) fn bundle(&self, now: Moment) -> Saving {
        let mut data = self.report_data(&self.unready(), now);
        data["kind"] = json!("support-bundle");
        data["book"] = json!(self.book);
        Saving {
            name: format!("support-{}-{}", self.fitted.station, stamp(now)),
            json: data,
            page: None,
            with_log: true,
        }
    }

    fn report_data(&self, why: &[String], now: Moment) -> Value {
        let device = |slot: Slot| {
            let standing = self.fittings.standing(slot);
            json!({
                "device": self.slot_name(slot),
                "state": standing.state.xfs4iot(),
                "fault": standing.fault.map(|it| it.code()),
                "first_fault": standing.first.map(|(it, at)| json!({ "code": it.code(), "at": at })),
                "supply": self.fittings.supply(slot).xfs4iot(),
            })
        };
        let test = |test: Test| {
            let last = self.book.last_test(test);
            json!({
                "test": test,
                "passed": last.map(|it| it.1),
                "code": last.map(|it| it.2),
                "at": last.map(|it| it.0.at),
                "technician": last.map(|it| it.0.technician.as_str()),
            })
        };
        let (ledger, tally) = (&self.ledger, &self.tally);
        json!({
            "kind": "readiness-report",
            "station": self.fitted.station,
            "at": now.wall,
            "technician": self.technician(),
            "program": env!("CARGO_PKG_VERSION"),
            "ready": why.is_empty(),
            "why_not": why,
            "devices": self.slots().into_iter().map(device).collect::<Vec<_>>(),
            "tests": self.tests().into_iter().map(test).collect::<Vec<_>>(),
            "exchange_connected": self.linked,
            "networks_away": self.networks,
            "exchange_clock_ahead_ms": self.exchange_ahead,
            "journal": {
                "entries": ledger.entries,
                "waiting": ledger.waiting,
                "oldest_waiting": ledger.oldest,
                "broken": ledger.broken,
                "disk_full": ledger.full,
            },
            "catalogue_edition": ledger.edition,
            "services": ledger.services,
            "cash": {
                "since_entry": self.book.cash_ups().next().map_or(0, |it| it.1.through),
                "tally": tally,
                "change_won": self.fittings.change_won(),
            },
        })
    }

    fn page_data(&self, why: &[String], now: Moment) -> Value {
        let row = |name: String, value: String, note: String, good: bool| json!({ "name": name, "value": value, "note": note, "good": good });
        let status = self.status_rows(now);
        let devices = status.iter().filter(|it| !it.heading).map(|it| {
            let good = matches!(it.mark, Mark::Good | Mark::None);
            // What is no finding needs no advice on paper.
            let note = if it.mark == Mark::None { "" } else { &it.note };
            row(it.name.clone(), it.value.clone(), note.to_owned(), good)
        });
        let tests = self.test_rows();
        let tests = tests.iter().filter(|it| !it.heading).map(|it| {
            row(
                it.name.clone(),
                it.value.clone(),
                it.note.clone(),
                it.mark == Mark::Good,
            )
        });
        json!({
            "lang": self.tongue.language().code(),
            "title": self.say("준비 상태 보고서", "Readiness report"),
            "station": self.fitted.station,
            "place": self.place(),
            "at": moment(now.wall),
            "technician": self.technician(),
            "program": env!("CARGO_PKG_VERSION"),
            "ready": why.is_empty(),
            "verdict": if why.is_empty() {
                self.say("이 기기는 쓸 준비가 되었습니다", "This kiosk is ready for use")
            } else {
                self.say("이 기기는 아직 준비되지 않았습니다", "This kiosk is not ready yet")
            },
            "why": why,
            "names": {
                "station": self.say("기기", "Machine"),
                "place": self.say("놓인 곳", "Place"),
                "at": self.say("시각", "Time"),
                "technician": self.say("기술자", "Technician"),
                "program": self.say("프로그램", "Program"),
                "why": self.say("남은 일", "What is left to do"),
                "status": self.say("상태", "Status"),
                "tests": self.say("자가 시험", "Self-tests"),
            },
            "status": devices.collect::<Vec<_>>(),
            "tests": tests.collect::<Vec<_>>(),
            "foot": self.say(
                "이 보고서와 같은 이름의 .p7s 파일이 이 기기의 서명입니다.",
                "The .p7s file of the same name is this kiosk's signature.",
            ),
        })
    }
}

/// As it stands in a file's name.
fn stamp(now: Moment) -> String {
    moment(now.wall).replace([' ', ':'], "-")
}
