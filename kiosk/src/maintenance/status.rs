//! The page of what works and what does not, with what to do about it.

use devices::{DeviceState, printer::Supply};

use super::{
    Maintenance, Moment,
    fittings::Slot,
    task::Task,
    tongue::{hour, moment},
    view::{Mark, Row},
};

/// Less change is too little for a day of visits.
const LITTLE_CHANGE_WON: u32 = 10_000;
/// So far a clock may be off: an answer is on its way for seconds.
const CLOCK_OFF_MS: u64 = 60_000;

impl Maintenance {
    /// Every device this kiosk has.
    pub(super) fn slots(&self) -> Vec<Slot> {
        let fitted = &self.fitted;
        let readers = (0..fitted.card_readers.len()).map(Slot::CardReader);
        let mut slots: Vec<Slot> = readers.collect();
        slots.extend([Slot::DocumentPrinter, Slot::ReceiptPrinter]);
        slots.extend(fitted.barcode_reader.then_some(Slot::BarcodeReader));
        slots.extend(fitted.cash.then_some(Slot::Cash));
        slots.extend(fitted.payment_terminal.then_some(Slot::PaymentTerminal));
        slots.extend(fitted.auxiliaries.then_some(Slot::Auxiliaries));
        slots.extend(fitted.power_supply.then_some(Slot::PowerSupply));
        slots
    }

    pub(super) fn slot_name(&self, slot: Slot) -> String {
        match slot {
            Slot::CardReader(place) => {
                let chip = self.fitted.card_readers.get(place) == Some(&true);
                if chip {
                    self.say("카드 판독기 (칩)", "Card reader (chip)")
                } else {
                    self.say("카드 판독기 (마그네틱)", "Card reader (stripe)")
                }
            }
            Slot::DocumentPrinter => self.say("A4 프린터", "A4 printer"),
            Slot::ReceiptPrinter => self.say("영수증 프린터", "Receipt printer"),
            Slot::BarcodeReader => self.say("바코드 스캐너", "Barcode scanner"),
            Slot::Cash => self.say("현금 장치", "Cash devices"),
            Slot::PaymentTerminal => self.say("카드 단말기", "Payment terminal"),
            Slot::Auxiliaries => self.say("조명과 감지기", "Lights and sensors"),
            Slot::PowerSupply => self.say("무정전 전원", "Power supply"),
        }
    }

    pub(super) fn slot_mark(&self, slot: Slot) -> Mark {
        let standing = self.fittings.standing(slot);
        match (standing.fault, standing.state) {
            (Some(_), _) | (None, DeviceState::Absent | DeviceState::Faulted) => Mark::Bad,
            (None, DeviceState::Starting) => Mark::Waiting,
            (None, DeviceState::Ready | DeviceState::Busy) => Mark::Good,
        }
    }

    /// The worst of all devices and of what is written down.
    pub(super) fn worst(&self) -> Mark {
        let slots = self.slots();
        let mut marks = slots.into_iter().map(|slot| self.slot_mark(slot));
        if marks.any(|it| it == Mark::Bad) || self.ledger.broken || self.ledger.full {
            Mark::Bad
        } else if !self.linked || !self.clock_is_right() {
            Mark::Warning
        } else {
            Mark::None
        }
    }

    pub(super) fn status_rows(&self, now: Moment) -> Vec<Row> {
        let mut rows = vec![Row::heading(self.say("장치", "Devices"))];
        rows.extend(self.slots().into_iter().map(|slot| match slot {
            Slot::Auxiliaries => self.cabinet_row(),
            Slot::PowerSupply => self.power_row(),
            slot => self.device_row(slot),
        }));
        rows.push(Row::heading(self.say("소모품", "Supplies")));
        rows.extend(self.supply_rows());
        rows.push(Row::heading(self.say("통신과 시각", "Line and clock")));
        rows.extend(self.line_rows(now));
        rows.push(Row::heading(self.say("기록", "Records")));
        rows.extend(self.ledger_rows());
        rows.extend(self.image_rows());
        rows
    }

    pub(super) fn device_row(&self, slot: Slot) -> Row {
        let (standing, mark) = (self.fittings.standing(slot), self.slot_mark(slot));
        let name = self.slot_name(slot);
        let Some(fault) = standing.fault else {
            let state = match standing.state {
                DeviceState::Absent => self.say("연결되지 않음", "Not connected"),
                DeviceState::Starting => self.say("시작하는 중", "Starting"),
                DeviceState::Ready => self.say("정상", "Ready"),
                DeviceState::Busy => self.say("작업 중", "Busy"),
                DeviceState::Faulted => self.say("고장", "Fault"),
            };
            return Row::fact(name, state).marked(mark);
        };
        let mut note = format!("{}. {}", fault.words(self.tongue), fault.next(self.tongue));
        if let Some((first, at)) = standing.first {
            let at = hour(at);
            note += &if first == fault {
                self.say(&format!(" {at}부터."), &format!(" Since {at}."))
            } else {
                let (code, words) = (first.code(), first.words(self.tongue));
                self.say(
                    &format!(" 처음 원인: {code} {words}, {at}."),
                    &format!(" First: {code} {words}, {at}."),
                )
            };
        }
        Row::fact(name, fault.code()).marked(mark).noted(note)
    }

    fn supply_rows(&self) -> Vec<Row> {
        let paper = |slot, name| {
            let (mark, value) = match self.fittings.supply(slot) {
                Supply::Unknown => (Mark::None, self.say("알 수 없음", "Not known")),
                Supply::Full => (Mark::Good, self.say("충분", "Enough")),
                Supply::Low => (Mark::Warning, self.say("곧 떨어짐", "Low")),
                Supply::Out => (Mark::Bad, self.say("없음", "Out")),
            };
            let note = match mark {
                Mark::Warning | Mark::Bad => self.say("지금 채우세요.", "Refill it now."),
                Mark::None | Mark::Good | Mark::Waiting => String::new(),
            };
            Row::fact(name, value).marked(mark).noted(note)
        };
        let mut rows = vec![
            paper(Slot::DocumentPrinter, self.say("A4 용지", "A4 paper")),
            paper(
                Slot::ReceiptPrinter,
                self.say("영수증 두루마리", "Receipt roll"),
            ),
        ];
        if self.fitted.cash {
            let change = self.fittings.change_won();
            let row = Row::fact(
                self.say("거스름돈", "Change"),
                self.tongue.won(change.into()),
            );
            rows.push(if change < LITTLE_CHANGE_WON {
                row.marked(Mark::Warning).noted(self.say(
                    "동전을 채우고 현금 탭에 기록하세요.",
                    "Refill the hoppers and record it under Cash.",
                ))
            } else {
                row.marked(Mark::Good)
            });
        }
        rows
    }

    fn line_rows(&self, now: Moment) -> Vec<Row> {
        let exchange = if self.linked {
            Row::fact(
                self.say("중계 서버", "Exchange"),
                self.say("연결됨", "Connected"),
            )
            .marked(Mark::Good)
        } else {
            Row::fact(self.say("중계 서버", "Exchange"), self.say("끊김", "Away"))
                .marked(Mark::Warning)
                .noted(self.say(
                    "네트워크 케이블과 공유기를 확인하세요. 접수한 것은 보낼함에 남아 있어요.",
                    "Check cable and router. What was accepted waits in the outbox.",
                ))
        };
        let ask = self.say("확인하기", "Check");
        let networks = self.say("기관 전산망", "Data networks");
        let networks = match &self.networks {
            None => Row::fact(networks, self.say("묻지 않음", "Not asked")),
            Some(away) if away.is_empty() => {
                Row::fact(networks, self.say("끊긴 곳 없음", "None away")).marked(Mark::Good)
            }
            Some(away) => {
                let names: Vec<&str> = away.iter().map(|it| it.as_str()).collect();
                let count = away.len();
                let value = self.say(&format!("{count}곳 끊김"), &format!("{count} away"));
                Row::fact(networks, value)
                    .marked(Mark::Warning)
                    .noted(names.join(", "))
            }
        };
        vec![
            exchange,
            networks.doing(Task::AskNetworks.id(), ask),
            self.clock_row(now),
        ]
    }

    /// Certificates are dated by this clock, so it is compared with the exchange's.
    fn clock_row(&self, now: Moment) -> Row {
        let row = Row::fact(self.say("시각", "Clock"), moment(now.wall));
        let Some(ahead) = self.exchange_ahead else {
            return row.noted(self.say(
                "손목시계와 맞춰 보세요. 1분 넘게 다르면 시각 서버를 확인하세요.",
                "Compare with your watch; a minute off: check the time server.",
            ));
        };
        if self.clock_is_right() {
            return row.marked(Mark::Good).noted(self.say(
                "중계 서버의 시각과 맞아요.",
                "It agrees with the exchange's.",
            ));
        }
        let off = self.tongue.lasting(ahead.unsigned_abs() / 1_000);
        row.marked(Mark::Warning).noted(if ahead > 0 {
            self.say(
                &format!("중계 서버보다 {off} 느려요. 시각 서버를 확인하세요."),
                &format!("{off} behind the exchange. Check the time server."),
            )
        } else {
            self.say(
                &format!("중계 서버보다 {off} 빨라요. 시각 서버를 확인하세요."),
                &format!("{off} ahead of the exchange. Check the time server."),
            )
        })
    }

    /// As far as the exchange has said what its own clock says.
    pub(super) fn clock_is_right(&self) -> bool {
        self.exchange_ahead
            .is_none_or(|ahead| ahead.unsigned_abs() < CLOCK_OFF_MS)
    }

    fn ledger_rows(&self) -> Vec<Row> {
        let ledger = &self.ledger;
        let journal = Row::fact(
            self.say("기록장", "Journal"),
            self.tongue.pieces(ledger.entries),
        );
        let journal = if ledger.broken {
            journal.marked(Mark::Bad).noted(self.say(
                "기록장을 쓸 수 없어 아무도 받지 않아요. 지원 묶음을 만들고 기기를 바꾸세요.",
                "It cannot be written: nobody is served. Make a support bundle.",
            ))
        } else if ledger.full {
            journal.marked(Mark::Bad).noted(self.say(
                "디스크가 가득 찼어요. 자리를 비우면 저절로 다시 열려요.",
                "The disk is full. It opens again by itself when there is room.",
            ))
        } else {
            journal.marked(Mark::Good)
        };
        let outbox = Row::fact(
            self.say("보낼함", "Outbox"),
            self.tongue.pieces(ledger.waiting),
        );
        let outbox = match ledger.oldest {
            Some(at) => outbox.marked(Mark::Waiting).noted(self.say(
                &format!("가장 오래된 것: {}", moment(at)),
                &format!("Oldest: {}", moment(at)),
            )),
            None => outbox.marked(Mark::Good),
        };
        let edition = match ledger.edition {
            0 => self.say("설치된 판", "as installed"),
            number => self.say(&format!("제{number}판"), &format!("edition {number}")),
        };
        let services = ledger.services;
        vec![
            journal,
            outbox,
            Row::fact(self.say("서비스 목록", "Catalogue"), edition).noted(self.say(
                &format!("서비스 {services}가지"),
                &format!("{services} services"),
            )),
            Row::fact(
                self.say("프로그램", "Program"),
                env!("CARGO_PKG_VERSION").to_owned(),
            ),
        ]
    }
}
