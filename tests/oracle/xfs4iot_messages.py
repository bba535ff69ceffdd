"""What XFS4IoT publishes of its messages: members, types and enumerations.

Written from CWA 17852 ("XFS4IoT") and from the classes generated from its schemas in KAL's
SP-Dev (MIT licence, state of 2025), as far as this house speaks of it; not from the edge.
"""

from xfs4iot_kinds import Base64, Enum, Kind, List, Object

TEXT, BOOL, COUNT = Kind(str), Kind(bool), Kind(int, 0)

COMPLETION_CODES = Enum(
    "success commandErrorCode canceled deviceNotReady hardwareError internalError invalidCommand "
    "invalidRequestID timeOut unsupportedCommand invalidData userError unsupportedData "
    "fraudAttempt sequenceError authorisationRequired noCommandNonce invalidToken "
    "invalidTokenNonce invalidTokenHMAC invalidTokenFormat invalidTokenKeyNoValue notEnoughSpace"
)
REFUSALS = "invalidMessage invalidRequestID tooManyRequests"
SYMBOLOGIES = (
    "ean128 ean8 ean8_2 ean8_5 ean13 ean13_2 ean13_5 jan13 upcA upcE0 upcE0_2 upcE0_5 upcE1 "
    "upcE1_2 upcE1_5 upcA_2 upcA_5 codabar itf code11 code39 code49 code93 code128 msi plessey "
    "std2Of5 std2Of5Iata pdf417 microPdf417 dataMatrix maxiCode codeOne channelCode "
    "telepenOriginal telepenAim rss rssExpanded rssRestricted compositeCodeA compositeCodeB "
    "compositeCodeC posiCodeA posiCodeB triopticCode39 codablockF code16K qrCode aztec ukPost "
    "planet postnet canadianPost netherlandsPost australianPost japanesePost chinesePost "
    "koreanPost"
)

FLAGS = lambda names: Object({name: BOOL for name in names.split()})
# The standard's lights, each at one or more positions.
LIGHT = (
    "^(cardReader2?|pinPad|notesDispenser2?|coinDispenser|receiptPrinter|passbookPrinter|"
    "envelopeDepository|checkUnit|billAcceptor2?|envelopeDispenser|documentPrinter|coinAcceptor|"
    "scanner|contactless|status(Good|Warning|Bad|Supervisor|InService)|fasciaLight)$"
)


def positions(**members):
    """What is so at each position of a light."""
    return Object(further=(r"^[a-zA-Z][a-zA-Z0-9]*$", Object(members)))


# Common.Status and Common.StatusChangedEvent

COMMON_STATUS = Object(
    {
        "device": Enum(
            "online offline powerOff noDevice hardwareError userError deviceBusy fraudAttempt "
            "potentialFraud starting"
        ),
        "devicePosition": Enum("inPosition notInPosition unknown"),
        "powerSaveRecoveryTime": COUNT,
        "antiFraudModule": Enum("ok inoperable deviceDetected unknown"),
        "exchange": Enum("active inactive"),
        "endToEndSecurity": Enum("notEnforced notConfigured enforced"),
        "persistentDataStore": Object({"remaining": COUNT}),
    }
)
PAPER = Enum("unknown full low out jammed")
SUPPLIES = "upper lower external aux aux2 park".split()
IN_POSITIONS = "inDefault inLeft inRight inCenter inTop inBottom inFront inRear"
POSITIONS = Enum(IN_POSITIONS + " " + IN_POSITIONS.replace("in", "out"))
STATUS = {
    "common": COMMON_STATUS,
    "cardReader": Object(
        {
            "media": Enum("unknown present notPresent jammed entering latched"),
            "security": Enum("notReady open"),
            "chipPower": Enum("unknown online busy poweredOff noDevice hardwareError noCard"),
            "chipModule": Enum("ok inoperable unknown"),
            "magWriteModule": Enum("ok inoperable unknown"),
            "frontImageModule": Enum("ok inoperable unknown"),
            "backImageModule": Enum("ok inoperable unknown"),
        }
    ),
    "printer": Object(
        {
            "media": Enum("unknown present notPresent jammed entering retracted"),
            "paper": Object({name: PAPER for name in SUPPLIES}),
            "toner": Enum("unknown full low out"),
            "ink": Enum("unknown full low out"),
            "lamp": Enum("unknown ok fading inop"),
            "mediaOnStacker": COUNT,
            "paperType": Object({name: Enum("unknown single dual") for name in SUPPLIES}),
            "blackMarkMode": Enum("unknown on off"),
        }
    ),
    "barcodeReader": Object({"scanner": Enum("on off inoperative unknown")}),
    "cashAcceptor": Object(
        {
            "intermediateStacker": Enum("empty notEmpty full unknown"),
            "stackerItems": Enum("customerAccess noCustomerAccess accessUnknown noItems"),
            "banknoteReader": Enum("ok inoperable unknown"),
            "dropBox": BOOL,
            "positions": List(
                Object(
                    {
                        "position": POSITIONS,
                        "shutter": Enum(
                            "closed open jammedOpen jammedPartiallyOpen jammedClosed "
                            "jammedUnknown unknown"
                        ),
                        "positionStatus": Enum("empty notEmpty unknown foreignItems"),
                        "transport": Enum("ok inoperative unknown"),
                        "transportStatus": Enum("empty notEmpty notEmptyCustomer unknown"),
                    }
                )
            ),
        }
    ),
    "lights": Object(
        further=(
            LIGHT,
            positions(
                flashRate=Enum("off slow medium quick continuous"),
                color=Enum("red green yellow blue cyan magenta white"),
                direction=Enum("entry exit"),
            ),
        )
    ),
    "auxiliaries": Object(
        {
            "operatorSwitch": Enum("run maintenance supervisor"),
            "tamperSensor": Enum("on off"),
            "enhancedAudioSensor": Enum("present notPresent"),
            "cabinetDoor": Enum("closed open locked bolted tampered"),
            "UPS": FLAGS("low engaged powering recovered"),
        }
    ),
}

# Common.Capabilities

VERSIONS = Object(
    {"versions": List(Kind(str, pattern=r"^[1-9][0-9]*\.([1-9][0-9]*|0)$"))}, ["versions"]
)
MESSAGE_NAME = r"^[A-Za-z][A-Za-z0-9]*\.[A-Za-z][A-Za-z0-9]*$"
INTERFACE = Object(
    {
        "name": Enum(
            "Common CardReader CashAcceptor CashDispenser CashManagement PinPad Crypto "
            "KeyManagement Keyboard TextTerminal Printer BarcodeReader Camera Lights Auxiliaries "
            "VendorMode VendorApplication Storage Biometric Check MixedMedia Deposit German "
            "BanknoteNeutralization PowerManagement"
        ),
        "commands": Object(further=(MESSAGE_NAME, VERSIONS)),
        "events": Object(further=(MESSAGE_NAME, VERSIONS)),
        "maximumRequests": COUNT,
    },
    ["name", "commands"],
)
CAPABILITIES = {
    "interfaces": List(INTERFACE),
    "common": Object(
        {
            "serviceVersion": TEXT,
            "deviceInformation": List(Object()),
            "powerSaveControl": BOOL,
            "antiFraudModule": BOOL,
            "endToEndSecurity": Object(),
            "persistentDataStore": Object({"capacity": Kind(int, 1)}),
        }
    ),
    "cardReader": Object(
        {
            "type": Enum(
                "motor swipe dip latchedDip contactless intelligentContactless permanent"
            ),
            "readTracks": FLAGS(
                "track1 track2 track3 watermark frontTrack1 frontImage backImage track1JIS "
                "track3JIS ddi"
            ),
            "fluxSensorProgrammable": BOOL,
            "readWriteAccessFromExit": BOOL,
            "positions": FLAGS("exit transport"),
            "cardTakenSensor": BOOL,
        },
        ["type"],
    ),
    "printer": Object(
        {
            "type": FLAGS("receipt passbook journal document scanner"),
            "writeForm": FLAGS("text graphics ocr micr msf barcode stamp"),
            "control": FLAGS(
                "eject perforate cut skip flush retract stack partialCut alarm pageForward "
                "pageBackward turnMedia stamp park expel ejectToTransport rotate180 clearBuffer"
            ),
            "acceptMedia": BOOL,
            "multiPage": BOOL,
            "paperSources": FLAGS("upper lower external aux aux2 park"),
            "mediaTaken": BOOL,
            "dispensePaper": BOOL,
            "mediaPresented": BOOL,
        },
        ["type"],
    ),
    "barcodeReader": Object(
        {"canFilterSymbologies": BOOL, "symbologies": FLAGS(SYMBOLOGIES)}
    ),
    "cashAcceptor": Object(
        {
            "type": Enum("tellerBill selfServiceBill tellerCoin selfServiceCoin"),
            "maxCashInItems": Kind(int, 1),
            "shutter": BOOL,
            "shutterControl": BOOL,
            "intermediateStacker": COUNT,
            "itemsTakenSensor": BOOL,
            "itemsInsertedSensor": BOOL,
            "positions": List(
                Object(
                    {
                        "position": POSITIONS,
                        "usage": FLAGS("in refuse rollback"),
                        "shutterControl": BOOL,
                        "itemsTakenSensor": BOOL,
                        "itemsInsertedSensor": BOOL,
                        "presentControl": BOOL,
                        "preparePresent": BOOL,
                    }
                )
            ),
            "cashInLimit": FLAGS("byTotalItems byAmount"),
        },
        ["type"],
    ),
    "lights": Object(
        {
            "individualFlashRates": BOOL,
            "lights": Object(
                further=(
                    LIGHT,
                    positions(
                        flashRate=FLAGS("off slow medium quick continuous"),
                        color=FLAGS("red green yellow blue cyan magenta white"),
                        direction=FLAGS("entry exit"),
                    ),
                )
            ),
        }
    ),
    "auxiliaries": Object(
        {
            "operatorSwitch": FLAGS("run maintenance supervisor"),
            "tamperSensor": BOOL,
            "enhancedAudioSensor": FLAGS("manual auto semiAuto bidirectional"),
            "cabinetDoor": FLAGS("closed open locked bolted tampered"),
            "ups": FLAGS("low engaged powering recovered"),
        }
    ),
}

# Commands' completions

CARD_DATA = Object(
    {
        "status": Enum(
            "dataMissing dataInvalid dataTooLong dataTooShort dataSourceNotSupported "
            "dataSourceMissing"
        ),
        "data": Base64(),
    }
)
COUNTS = Object(
    {"unrecognized": COUNT},
    further=(
        r"^type[0-9A-Z]+$",
        Object({name: COUNT for name in "fit unfit suspect counterfeit inked".split()}),
    ),
)
STORED = Object(
    further=(
        r"^unit[0-9A-Za-z]+$",
        Object(
            {
                "retractOperations": COUNT,
                "deposited": COUNTS,
                "retracted": COUNTS,
                "rejected": COUNTS,
                "distributed": COUNTS,
                "transport": COUNTS,
            }
        ),
    )
)


def completes(errors="", **members):
    """A completion's payload: its members, and the errors the command names."""
    return Object({"errorCode": Enum(errors), **members})


COMPLETIONS = {
    "Lights.SetLight": completes("invalidLight lightError"),
    "Common.Status": completes(**STATUS),
    "Common.Capabilities": completes(**CAPABILITIES),
    "Common.Cancel": completes("noMatchingRequestIDs"),
    "ServicePublisher.GetServices": completes(
        vendorName=TEXT,
        services=List(
            Object({"serviceURI": Kind(str, pattern=r"^wss?://[^/]+/xfs4iot/v1\.0/\w+$")})
        ),
    ),
    "CardReader.ReadRawData": completes(
        "mediaJam shutterFail noMedia invalidMedia cardTooShort cardTooLong securityFail "
        "cardCollision",
        track1=CARD_DATA,
        track2=CARD_DATA,
        track3=CARD_DATA,
        watermark=CARD_DATA,
        track1Front=CARD_DATA,
        track1JIS=CARD_DATA,
        track3JIS=CARD_DATA,
        ddi=CARD_DATA,
        chip=List(CARD_DATA),
    ),
    "Printer.GetFormList": completes(formList=List(TEXT)),
    "Printer.PrintForm": completes(
        "formNotFound flushFail mediaOverflow fieldSpecFailure fieldError mediaNotFound "
        "mediaSkewed retractBinFull stackerFull pageTurnFail mediaTurnFail shutterFail "
        "mediaJammed charSetData paperJammed paperOut inkOut tonerOut sequenceInvalid "
        "sourceInvalid mediaRetained blackMark mediaSize mediaRejected mediaRetracted msfError "
        "noMSF"
    ),
    "CashAcceptor.CashInStart": completes(
        "invalidTellerId unsupportedPosition exchangeActive cashInActive safeDoorOpen"
    ),
    "CashAcceptor.CashIn": completes(
        "cashUnitError tooManyItems noItems exchangeActive shutterNotClosed noCashInActive "
        "positionNotEmpty safeDoorOpen foreignItemsDetected shutterNotOpen",
        items=COUNTS,
    ),
    "CashAcceptor.CashInEnd": completes(
        "cashUnitError noItems exchangeActive noCashInActive positionNotEmpty safeDoorOpen",
        storage=STORED,
    ),
    "CashAcceptor.CashInRollback": completes(
        "cashUnitError shutterNotOpen exchangeActive noCashInActive positionNotEmpty noItems",
        storage=STORED,
    ),
    "CashAcceptor.GetCashInStatus": completes(
        status=Enum("ok rollback active retract unknown reset"),
        numOfRefused=COUNT,
        noteNumberList=COUNTS,
    ),
    "BarcodeReader.Read": completes(
        "barcodeInvalid",
        readOutput=List(
            Object(
                {
                    "symbology": Enum(SYMBOLOGIES + " symbologyUnknown"),
                    "barcodeData": Base64(),
                    "symbologyName": TEXT,
                }
            )
        ),
    ),
}
EVENTS = {
    "CardReader.InsertCardEvent": Object(),
    "CardReader.MediaInsertedEvent": Object(),
    "CashAcceptor.InsertItemsEvent": Object(),
    "CashAcceptor.InputRefuseEvent": Object(
        {
            "reason": Enum(
                "cashInUnitFull invalidBill noBillsToDeposit depositFailure "
                "commonInputComponentFailure stackerFull foreignItemsDetected invalidBunch "
                "counterfeit limitOverTotalItems limitOverAmount"
            )
        },
        ["reason"],
    ),
}
UNSOLICITED = {
    "Common.StatusChangedEvent": Object(STATUS),
    "CardReader.MediaRemovedEvent": Object(),
}
HEADERS = {
    "acknowledge": {"status": Enum(REFUSALS)},
    "completion": {"completionCode": COMPLETION_CODES, "errorDescription": TEXT},
    "event": {},
    "unsolicited": {},
}
