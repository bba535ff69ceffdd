//! Agencies that take documents, as the sandbox plays them, and a document to be sent.

use std::fs;

use catalog::Catalog;
use privacy::Personal;
use request::{Channel, DocumentNumber, Fee, FeeReason, RequestEvent, ServiceId, StationId};
use sandbox::Mood;
use sync::Announcement;

use crate::{Office, PATIENCE};

const KIOSK: &str = "narae-1";
const LAND: &str = "land-ledger";
const WELFARE: &str = "welfare-office";

impl Office {
    /// With two agencies that take documents, and believe this exchange.
    pub fn with_agencies() -> Self {
        let mut office = Self::open();
        let authority = office.networks.inbox_authority();
        fs::write(office.folder.join("agency.pem"), authority).unwrap();
        let list = office.folder.join("recipients.toml");
        let agency = |id: &str, ko: &str, en: &str| {
            format!(
                "[recipient.{id}]\ntitle = {{ ko = {ko:?}, en = {en:?} }}\n\
                 inbox = \"KR/GOV/6110000/{id}/inbox\"\nauthority = \"agency.pem\"\n"
            )
        };
        let welfare = agency(WELFARE, "가온구 복지정책과", "Gaon-gu welfare");
        let tax = agency("tax-office", "가온구 세무과", "Gaon-gu taxes");
        fs::write(&list, welfare + &tax).unwrap();
        office.settings.recipients = Some(list);
        office.close();
        office.reopen();
        office.agencies_believe();
        office
    }

    /// Agencies take what this exchange has signed.
    pub fn agencies_believe(&self) {
        let ours = fs::read(self.folder.join("data/trust/ca.pem")).unwrap();
        self.networks.believe_senders(&ours).unwrap();
    }

    /// Agencies take what somebody else has signed, and nothing of this exchange's.
    pub fn agencies_believe_others(&self) {
        let others = self.networks.inbox_authority().as_bytes().to_vec();
        self.networks.believe_senders(&others).unwrap();
    }

    /// Whether the welfare office can be reached.
    pub fn welfare_is_away(&self, away: bool) {
        let mood = if away { Mood::Away } else { Mood::Well };
        self.networks.set_mood(WELFARE, mood);
    }

    /// What agencies have taken: the certificate's bytes and the record of the consent.
    pub fn taken(&self) -> Vec<(Vec<u8>, serde_json::Value)> {
        let taken = self.networks.inbox().into_iter();
        taken
            .map(|(_, documents)| {
                let consent = serde_json::from_slice(documents[1].bytes()).unwrap();
                (documents[0].bytes().to_vec(), consent)
            })
            .collect()
    }

    /// A land ledger that was made for somebody at a kiosk.
    pub fn certificate(&self) -> DocumentNumber {
        self.offer(KIOSK, "narae-1-1", &self.submitted());
        let wire = self.wire(KIOSK);
        let told = self.runtime.block_on(wire.listen(0, PATIENCE)).unwrap();
        let prepared = told.publications.into_iter().find_map(|it| {
            let Announcement::Request {
                event: RequestEvent::Prepared { documents },
                ..
            } = it.content
            else {
                return None;
            };
            Some(documents[0].number.clone())
        });
        prepared.expect("the certificate is made")
    }

    fn submitted(&self) -> Vec<RequestEvent> {
        let service = ServiceId::new(LAND);
        let catalog = Catalog::read(&self.settings.catalog).unwrap();
        let answered = |question: &str, answer: &str| RequestEvent::Answered {
            question: question.to_owned(),
            answer: Personal::new(answer.to_owned()),
        };
        vec![
            RequestEvent::Opened {
                terms: catalog.service(&service).unwrap().terms(),
                service,
                service_version: 1,
                channel: Channel::Kiosk,
                station: StationId::new(KIOSK),
                language: "ko".to_owned(),
            },
            answered("district", "4199910100"),
            answered("parcel_number", "12-3"),
            RequestEvent::FeeQuoted {
                fee: Fee {
                    unit_won: 300,
                    legal_basis: "ordinance".to_owned(),
                    reason: FeeReason::Everywhere,
                },
            },
            RequestEvent::Submitted,
        ]
    }
}
