//! The self-tests there are.

use serde::{Deserialize, Serialize};

use super::{fittings::Slot, tongue::Tongue};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    ReceiptPrinter,
    DocumentPrinter,
    Card,
    BarcodeReader,
    Coin,
    Note,
    PaymentTerminal,
    Sound,
}

impl Test {
    pub const ALL: [Self; 8] = [
        Self::ReceiptPrinter,
        Self::DocumentPrinter,
        Self::Card,
        Self::BarcodeReader,
        Self::Coin,
        Self::Note,
        Self::PaymentTerminal,
        Self::Sound,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Self::ReceiptPrinter => "receipt",
            Self::DocumentPrinter => "document",
            Self::Card => "card",
            Self::BarcodeReader => "barcode",
            Self::Coin => "coin",
            Self::Note => "note",
            Self::PaymentTerminal => "terminal",
            Self::Sound => "sound",
        }
    }

    /// The device it tries; none where it is the machine itself.
    pub fn slot(self) -> Option<Slot> {
        match self {
            Self::ReceiptPrinter => Some(Slot::ReceiptPrinter),
            Self::DocumentPrinter => Some(Slot::DocumentPrinter),
            Self::Card => Some(Slot::CardReader(0)),
            Self::BarcodeReader => Some(Slot::BarcodeReader),
            Self::Coin | Self::Note => Some(Slot::Cash),
            Self::PaymentTerminal => Some(Slot::PaymentTerminal),
            Self::Sound => None,
        }
    }

    pub fn name(self, tongue: Tongue) -> String {
        let (ko, en) = match self {
            Self::ReceiptPrinter => ("영수증 시험 인쇄", "Receipt test print"),
            Self::DocumentPrinter => ("A4 시험 인쇄", "A4 test print"),
            Self::Card => ("카드 읽기", "Read a card"),
            Self::BarcodeReader => ("코드 읽기", "Scan a code"),
            Self::Coin => ("동전 받고 돌려주기", "Take a coin, give it back"),
            Self::Note => ("지폐 받고 돌려주기", "Take a note, give it back"),
            Self::PaymentTerminal => ("카드 단말기 상태", "Payment terminal"),
            Self::Sound => ("소리", "Sound"),
        };
        tongue.say(ko, en)
    }

    /// What the hand is to do, where the test waits for one.
    pub fn asks(self, tongue: Tongue) -> (String, String) {
        let ((ko, en), (more_ko, more_en)) = match self {
            Self::ReceiptPrinter | Self::DocumentPrinter => (
                ("인쇄하고 있어요", "Printing"),
                (
                    "종이가 나올 때까지 기다리세요.",
                    "Wait until the paper is out.",
                ),
            ),
            Self::Card => (
                ("카드를 넣으세요", "Put a card in"),
                (
                    "슬롯에 카드가 있으면 먼저 빼세요. 카드 내용은 어디에도 남지 않아요.",
                    "If one is in the slot, take it out first. Nothing of the card is kept.",
                ),
            ),
            Self::BarcodeReader => (
                ("코드를 스캐너에 대세요", "Hold a code to the scanner"),
                (
                    "영수증 시험 인쇄의 QR이면 돼요.",
                    "The QR on a receipt test print will do.",
                ),
            ),
            Self::Coin => (
                ("동전을 하나 넣으세요", "Put one coin in"),
                (
                    "받은 만큼 바로 돌려줘요.",
                    "The same amount comes back at once.",
                ),
            ),
            Self::Note => (
                ("지폐를 한 장 넣으세요", "Put one note in"),
                ("받은 지폐가 바로 나와요.", "The note comes back at once."),
            ),
            Self::PaymentTerminal => (("단말기에 묻고 있어요", "Asking the terminal"), ("", "")),
            Self::Sound => (("소리를 내고 있어요", "Playing a sentence"), ("", "")),
        };
        (tongue.say(ko, en), tongue.say(more_ko, more_en))
    }

    /// What only eyes and ears can tell.
    pub fn question(self, tongue: Tongue) -> (String, String) {
        let ((ko, en), (more_ko, more_en)) = match self {
            Self::Sound => (
                ("문장이 또렷이 들렸나요?", "Was the sentence clear?"),
                (
                    "헤드폰이나 스피커에서 들려야 해요.",
                    "It comes from headphones or loudspeaker.",
                ),
            ),
            Self::ReceiptPrinter => (
                (
                    "영수증이 반듯하게 나왔나요?",
                    "Is the receipt as it should be?",
                ),
                (
                    "검은 줄이 고르고, 글자가 잘리지 않고, 끝이 깨끗이 잘려야 해요.",
                    "Even black, nothing cut off, a clean cut at the end.",
                ),
            ),
            Self::DocumentPrinter
            | Self::Card
            | Self::BarcodeReader
            | Self::Coin
            | Self::Note
            | Self::PaymentTerminal => (
                (
                    "A4 용지가 반듯하게 나왔나요?",
                    "Is the A4 page as it should be?",
                ),
                (
                    "테두리가 네 변 모두 보이고, 회색이 10단계로 보이고, 자가 100 mm여야 해요.",
                    "All four edges, ten steps of grey, and a ruler of 100 mm.",
                ),
            ),
        };
        (tongue.say(ko, en), tongue.say(more_ko, more_en))
    }
}
