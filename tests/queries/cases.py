# ruff: noqa: E501 (a row of an answer stays one line)
"""The known answers: what each query says of its fixture, as a reader of the fixture would work it out by hand.

A row is one line, its values between bars as ``stores.show`` shows them; numbers are compared by value.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """One call of a query and its answer.

    Attributes:
        query: its name; the fixture has the same.
        given: the parameters.
        rows: the answer, in order.
    """

    query: str
    given: dict[str, str] = field(default_factory=dict)
    rows: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return " ".join([self.query, *(f"{name}={value}" for name, value in self.given.items())])


CASES = [
    Case(
        "funders-of",
        {"country": "SDN"},
        (
            "org:a | A | programme/p | Programme P | 2 | 3",
            "government:CAN | Government of Canada | event/e | Atelier | 1 | 3",
            "government:CAN | Government of Canada | government:SDN | Government of Sudan | 1 | 3",
        ),
    ),
    Case(
        "funders-of",
        {"country": "SSD"},
        (
            "org:b | https://w3id.org/migkg/id/org/b | programme/south | https://w3id.org/migkg/id/programme/south | 1 | 3",
        ),
    ),
    Case(
        "funders-of",
        {"country": "Soudan", "lang": "fr"},
        (
            "org:a | A (fr) | programme/p | Programme P | 2 | 3",
            "government:CAN | Government of Canada | event/e | Atelier | 1 | 3",
            "government:CAN | Government of Canada | government:SDN | Government of Sudan | 1 | 3",
        ),
    ),
    Case(
        "who-pays",
        {"country": "VNM"},
        (
            "programme/border | Border project | funds | government:CAN | Government of Canada | funded by Canada | Border posts | 2013-03-18 | source:1 | 2",
            "programme/border | Border project | implements | org:iom | IOM | IOM's project | Border posts | 2013-03-18 | source:1 | 2",
            "programme/school | School | implements | org:iom | IOM | IOM runs it |  |  | source:2 | 2",
        ),
    ),
    Case(
        "who-pays",
        {"country": "VNM", "text": "BORDER"},
        (
            "programme/border | Border project | funds | government:CAN | Government of Canada | funded by Canada | Border posts | 2013-03-18 | source:1 | 2",
            "programme/border | Border project | implements | org:iom | IOM | IOM's project | Border posts | 2013-03-18 | source:1 | 2",
        ),
    ),
    Case(
        "who-pays",
        {"country": "VNM", "text": "runs"},
        ("programme/school | School | implements | org:iom | IOM | IOM runs it |  |  | source:2 | 2",),
    ),
    Case(
        "meeting-network",
        {"least": "2"},
        ("org:a | A | 4 | org:b | B | 4 | 3 | 1 | 4",),
    ),
    Case(
        "meeting-network",
        {"least": "2", "from": "2010", "to": "2016"},
        ("org:a | A | 4 | org:b | B | 4 | 2 | 1 | 4",),
    ),
    Case(
        "meeting-network",
        {"least": "1", "from": "2015"},
        ("org:a | A | 4 | org:b | B | 4 | 1 | 1 | 4",),
    ),
    Case(
        "meeting-network",
        {},
        ("org:a | A | 4 | org:b | B | 4 | 3 | 1 | 4",),
    ),
    Case(
        "meeting-network",
        {"least": "1", "to": "2012"},
        (
            "org:a | A | 4 | org:b | B | 4 | 1 | 1 | 4",
            "org:c | C | 1 | org:a | A | 4 | 1 | 0 | 4",
            "org:c | C | 1 | org:b | B | 4 | 1 | 0 | 4",
        ),
    ),
    Case(
        "follow-the-money",
        {"donor": "government:CAN"},
        (
            "programme/p | P | funds | government:CAN | Canada | 100 | CAD | pledged | Canada gives | 1 | 2",
            "programme/p | P | funds | government:CAN | Canada | 80 | USD |  | Canada gives | 1 | 2",
            "programme/p | P | implements | org:iom | IOM |  |  |  | IOM runs | 1 | 2",
            "programme/p | P | covers | country:VNM | Viet Nam |  |  |  | in Viet Nam | 1 | 2",
        ),
    ),
    Case(
        "follow-the-money",
        {"donor": "org:eu"},
        (
            "programme/q | https://w3id.org/migkg/id/programme/q | funds | org:eu | https://w3id.org/migkg/id/org/eu |  |  |  | the EU gives | 1 | 2",
        ),
    ),
    Case(
        "donor-mix",
        {},
        (
            "org:d | Donor |  | other | 1 | 1 | EUR |  | 10 | 4",
            "org:d | Donor | 2012 | borders | 2 | 2 | EUR |  | 120 | 4",
            "org:d | Donor | 2012 | borders | 1 | 1 | USD |  | 50 | 4",
            "org:d | Donor | 2014 | borders | 1 | 0 |  |  |  | 4",
            "org:d | Donor | 2014 | children | 1 | 0 |  |  |  | 4",
            "org:d | Donor | 2014 | health | 1 | 0 |  |  |  | 4",
        ),
    ),
    Case(
        "process-bridges",
        {},
        (
            "org:x | X | process:a | Process A | process:c | Process C | 2 | 2 | 3",
            "org:x | X | process:b | Process B | process:c | Process C | 2 | 2 | 3",
        ),
    ),
    Case(
        "membership-matrix",
        {},
        (
            "process:a | A | government:VNM | Government of Viet Nam | VNM | 1 | Viet Nam is a member | 1 | 2 | 2",
            "process:a | A | org:x | X |  | 0 | X is in | 2 | 2 | 2",
            "process:b | B | government:VNM | Government of Viet Nam | VNM | 1 | and of B | 1 | 1 | 2",
        ),
    ),
    Case(
        "membership-matrix",
        {"process": "process:b"},
        ("process:b | B | government:VNM | Government of Viet Nam | VNM | 1 | and of B | 1 | 1 | 2",),
    ),
    Case(
        "membership-matrix",
        {"country": "Viet Nam"},
        (
            "process:a | A | government:VNM | Government of Viet Nam | VNM | 1 | Viet Nam is a member | 1 | 2 | 2",
            "process:b | B | government:VNM | Government of Viet Nam | VNM | 1 | and of B | 1 | 1 | 2",
        ),
    ),
    Case(
        "state-bodies",
        {"country": "VNM"},
        (
            "foreign | body/mfa | Ministry of Foreign Affairs | Government of Viet Nam | chairs | event/e | Workshop | XXXX-02-27 | chaired by the ministry | source:1 | 1",
            "state | government:VNM | Government of Viet Nam |  | participatesIn | event/e | Workshop | XXXX-02-27 | Viet Nam came | source:1 | 1",
        ),
    ),
    Case(
        "state-bodies",
        {"country": "LAO"},
        (
            "foreign | body/mfa-lao | https://w3id.org/migkg/id/body/mfa-lao |  | chairs | event/e | Workshop | XXXX-02-27 | and that of Laos | source:1 | 1",
        ),
    ),
    Case(
        "civil-society-seat",
        {},
        (
            " |  | 0 | 1 | 0 | 4 | 2",
            "LAO | 2012 | 0 | 1 | 0 | 4 | 2",
            "VNM |  | 1 | 1 | 100 | 4 | 2",
            "VNM | 2012 | 1 | 2 | 50 | 4 | 2",
        ),
    ),
    Case(
        "civil-society-seat",
        {"text": "border"},
        (" |  | 0 | 1 | 0 | 4 | 2",),
    ),
    Case(
        "partners-over-time",
        {"organisation": "org:iom", "year": "2016"},
        (
            "org:a | A | 1 | 1 | 1 | 3 | 1 | 2 | 1",
            "org:b | B | 0 | 1 | 0 | 1 | 1 | 2 | 1",
        ),
    ),
    Case(
        "partners-over-time",
        {"organisation": "org:iom", "year": "2021"},
        (
            "org:a | A | 2 | 0 | 1 | 3 | 3 | 0 | 1",
            "org:b | B | 1 | 0 | 0 | 1 | 3 | 0 | 1",
        ),
    ),
    Case(
        "partners-of",
        {"organisation": "IOM"},
        (
            "org:b | B |  | 1 | 1 | 0 | 2 | 2",
            "government:VNM | Viet Nam |  | 0 | 0 | 1 | 1 | 2",
            "org:a | A | yes | 0 | 0 | 0 | 0 | 2",
        ),
    ),
    Case(
        "partners-of",
        {"organisation": "org:a"},
        ("org:iom | https://w3id.org/migkg/id/org/iom | yes | 0 | 0 | 0 | 0 | 2",),
    ),
    Case(
        "evidence-of",
        {"subject": "org:iom", "object": "id:programme/p"},
        (
            "mg:funds | programme/p | P | denied | did not fund |  |  | The Daily |  | source:3 | 1 | 1",
            "mg:funds | programme/p | P | stated | again | Two |  | IOM | 0.5 | source:2 | 2 | 1",
            "mg:implements | programme/p | P | stated | runs |  |  | The Daily |  | source:3 | 1 | 1",
            'mg:funds | programme/p | P | stated | IOM "funds" <b>P</b> | One | 2013-03-18 | IOM | 0.8 | source:1 | 2 | 1',
        ),
    ),
    Case(
        "evidence-of",
        {"subject": "org:iom", "predicate": "implements", "lang": "fr"},
        ("mg:implements | programme/p | P | stated | runs |  |  | The Daily |  | source:3 | 1 | 1",),
    ),
    Case(
        "commitments-in",
        {"country": "VNM"},
        (
            "programme/bare | Bare |  |  |  |  |  |  |  | 1 | 3",
            "programme/p | P | 2012/2014 | government:CAN | Canada | 100 | CAD | committed | 3 | 2 | 3",
            "programme/p | P | 2012/2014 | government:CAN | Canada | 75 | USD |  | 3 | 2 | 3",
        ),
    ),
    Case(
        "one-sided-ties",
        {},
        (
            "org:iom | org:iom | IOM | mg:cooperatesWith | org:a | A | 2 | 2 | 5",
            "org:iom | unit/iom-vnm | IOM Viet Nam | mg:implements | programme/p | P | 1 | 2 | 5",
            "org:a | org:z | Z | mg:funds | org:a | A | 1 | 1 | 5",
        ),
    ),
    Case(
        "one-sided-ties",
        {"publisher": "org:a"},
        ("org:a | org:z | Z | mg:funds | org:a | A | 1 | 1 | 5",),
    ),
    Case(
        "one-sided-ties",
        {"predicate": "implements"},
        ("org:iom | unit/iom-vnm | IOM Viet Nam | mg:implements | programme/p | P | 1 | 2 | 5",),
    ),
    Case(
        "events-in",
        {"country": "CRI"},
        (
            "event/1 | Taller | 2012-05-01 | org:a | A | 2 | 2 | 2",
            "event/1 | Taller | 2012-05-01 | org:b | B | 2 | 2 | 2",
            "event/3 | Meeting | XXXX-02-27 |  |  | 0 | 1 | 2",
        ),
    ),
    Case(
        "events-in",
        {"country": "USA"},
        ("event/2 | https://w3id.org/migkg/id/event/2 |  |  |  | 0 | 1 | 2",),
    ),
    Case(
        "programmes-in",
        {"country": "NER"},
        (
            "programme/1 | One | 2015 | org:iom | IOM | 2 | 2 | 2",
            "programme/3 | Trois |  |  |  | 0 | 1 | 2",
        ),
    ),
    Case(
        "programmes-in",
        {"country": "Nigeria"},
        ("programme/2 | https://w3id.org/migkg/id/programme/2 |  | org:iom | IOM | 0 | 1 | 2",),
    ),
    Case(
        "members-of",
        {"organisation": "org:iom"},
        ("government:IRN | Government of Iran | IRN | Iran, which joined IOM | 2 | 2",),
    ),
    Case(
        "members-of",
        {"organisation": "id:org/y"},
        ("org:x | https://w3id.org/migkg/id/org/x |  | X in Y | 1 | 2",),
    ),
    Case(
        "who-works-where",
        {"organisation": "org:iom"},
        (
            "person/b | B |  | org:iom | IOM | B of IOM |  | 1 | 2",
            "person/a | A | Chief of Mission | unit/vnm | IOM Viet Nam | A, Chief of Mission | 2013-03-18 | 1 | 2",
        ),
    ),
    Case(
        "who-works-where",
        {"organisation": "org:unhcr"},
        (
            "person/c | https://w3id.org/migkg/id/person/c |  | org:unhcr | https://w3id.org/migkg/id/org/unhcr | C of UNHCR | 2013-03-18 | 1 | 2",
        ),
    ),
    Case(
        "sources",
        {},
        (
            " | es |  | 1 | 0 | 0 | 4",
            "IOM | en | 2013 | 2 | 3 | 2 | 4",
            "Le Journal | fr |  | 1 | 0 | 0 | 4",
        ),
    ),
    Case(
        "sources",
        {"lang": "fr"},
        (
            " | es |  | 1 | 0 | 0 | 4",
            "Le Journal | fr |  | 1 | 0 | 0 | 4",
            "OIM | en | 2013 | 2 | 3 | 2 | 4",
        ),
    ),
    Case(
        "find",
        {"text": "border"},
        (
            "programme/b | Border posts | Programme | VNM | 2",
            "org:iom | International Organization for Migration | IntergovernmentalOrganisation |  | 1",
            "org:none | https://w3id.org/migkg/id/org/none | Company |  | 0",
        ),
    ),
    Case(
        "find",
        {"text": "iom"},
        ("org:iom | International Organization for Migration | IntergovernmentalOrganisation |  | 1",),
    ),
    Case(
        "on-theme",
        {"theme": "iom:border-management"},
        (
            "programme/p | Border project | Programme | border | 0.5 | 2013-03-18 | source:1 | 2",
            "programme/p | Border project | Programme | fronteras | 0.5 |  | source:2 | 2",
            "source:1 | Border posts | Source | border posts | 0.8 | 2013-03-18 | source:1 | 2",
        ),
    ),
    Case(
        "on-theme",
        {"theme": "iom:remittances"},
        ("source:1 | Border posts | Source | remittances | 0.5 | 2013-03-18 | source:1 | 2",),
    ),
    Case(
        "theme-donors",
        {"theme": "iom:remittances"},
        (
            "org:a | A | programme/p | https://w3id.org/migkg/id/programme/p | 2 | 2",
            "org:b | B | event/e | https://w3id.org/migkg/id/event/e | 1 | 2",
        ),
    ),
    Case(
        "theme-donors",
        {"theme": "Diaspora engagement", "lang": "fr"},
        ("org:c | https://w3id.org/migkg/id/org/c | programme/q | https://w3id.org/migkg/id/programme/q | 1 | 2",),
    ),
    Case(
        "themes",
        {},
        (
            "theme:iom:a | iom:a | Theme A | 2013 | 2 | 4",
            "theme:iom:a | iom:a | Theme A |  | 1 | 4",
            "theme:iom:b | iom:b | iom:b | 2013 | 1 | 4",
        ),
    ),
    Case(
        "recipients-of",
        {},
        (
            "org:iom | IOM | 3 | 100 | 2 | EUR |  | 35 | 3 | 4 | 2",
            "org:iom | IOM | 3 | 100 | 1 | EUR | pledged | 100 | 3 | 4 | 2",
            "org:ngo | https://w3id.org/migkg/id/org/ngo | 1 | 33 | 1 | EUR |  | 30 | 3 | 4 | 2",
        ),
    ),
    Case(
        "recipients-of",
        {"donor": "org:usa"},
        ("org:iom | IOM | 1 | 100 | 1 | USD |  | 7 | 1 | 1 | 2",),
    ),
    Case(
        "trail-ends",
        {},
        (
            "programme/bare | Nu | funder, amount, implementer | 0 | 0 | 0 | 2 | A | 3 | 2",
            "programme/paid | Paid | amount, implementer | 1 | 0 | 0 | 1 | B | 3 | 2",
        ),
    ),
    Case(
        "trail-ends",
        {"country": "NER"},
        ("programme/paid | Paid | amount, implementer | 1 | 0 | 0 | 1 | B | 2 | 2",),
    ),
    Case(
        "firms",
        {},
        (
            "company/air | Air | paid by | org:iom | IOM |  |  | 10 | EUR |  | pays Air | 4 | 1",
            "company/build | Build | hired through | org:iom | IOM | programme/p | P |  |  |  | pays for P | 4 | 1",
            "company/build | Build | hired through | company/shop | Shop | programme/p | P |  |  |  | Shop gives | 4 | 1",
            "company/build | Build | pays | programme/p | P |  |  |  |  |  | Build gives | 4 | 1",
            "company/quiet | Quiet |  |  |  |  |  |  |  |  |  | 4 | 1",
            "company/shop | Shop | pays | programme/p | P |  |  |  |  |  | Shop gives | 4 | 1",
            "company/shop | Shop | works with | org:iom | IOM |  |  |  |  |  | with Shop | 4 | 1",
        ),
    ),
    Case(
        "firms",
        {"country": "NLD"},
        (
            "company/air | Air | paid by | org:iom | IOM |  |  | 10 | EUR |  | pays Air | 2 | 1",
            "company/quiet | Quiet |  |  |  |  |  |  |  |  |  | 2 | 1",
        ),
    ),
    Case(
        "trainings",
        {},
        (
            "event/a | Atelier | 2014-05 |  |  | org:ngo | ONG | l’ONG a suivi |  | 0 | 1 | 2 | 1",
            "event/t | Training on documents | XXXX-02-27 | org:iom | IOM | government:BEN | Benin | 40 officials of Benin | Borders | 1 | 1 | 2 | 1",
        ),
    ),
    Case(
        "trainings",
        {"country": "GHA"},
        (
            "event/t | Training on documents | XXXX-02-27 | org:iom | IOM | government:BEN | Benin | 40 officials of Benin | Borders | 1 | 1 | 2 | 1",
        ),
    ),
    Case(
        "hosts-and-funders",
        {},
        (
            "ITA | Italie | both | 1 | 1 | 0 | 0 | 1",
            "MLI | Mali | hosts | 0 | 2 | 0 | 1 | 1",
            "TCD | TCD | hosts | 0 | 0 | 1 | 0 | 1",
            "JPN | JPN | pays | 2 | 0 | 0 | 0 | 1",
        ),
    ),
    Case(
        "cities",
        {},
        (
            "body/montevideo | City of Montevideo | URY | Event | org:iom | IOM | event/1 | One | yes | the city came | 2 | 1",
            "body/montevideo | City of Montevideo | URY | Event | org:iom | IOM | event/2 | Two | no | again | 2 | 1",
            "body/nantes | Ville de Nantes |  | cooperatesWith | org:iom | IOM |  |  |  | avec Nantes | 2 | 1",
        ),
    ),
    Case(
        "cities",
        {"country": "Uruguay"},
        (
            "body/montevideo | City of Montevideo | URY | Event | org:iom | IOM | event/1 | One | yes | the city came | 2 | 1",
            "body/montevideo | City of Montevideo | URY | Event | org:iom | IOM | event/2 | Two | no | again | 2 | 1",
        ),
    ),
    Case(
        "conveners",
        {},
        (
            "org:iom | IOM | 2 | 2 | 1 | 0 | 1 | 1 | 3 | 1",
            "org:asean | ASEAN | 1 | 0 | 1 | 0 | 0 | 0 | 3 | 1",
            "government:THA | Thailand | 0 | 0 | 0 | 1 | 0 | 0 | 3 | 1",
        ),
    ),
    Case(
        "conveners",
        {"from": "2013"},
        ("org:asean | ASEAN | 1 | 0 | 1 | 0 | 0 | 0 | 1 | 1",),
    ),
    Case(
        "joint-programmes",
        {},
        (
            "programme/joint | Joint | org:iom | IOM | implements | 3 | 3 | USD | committed | 2 | 3 | 2",
            "programme/joint | Joint | org:unodc | UNODC | partnersIn | 3 | 3 | USD | committed | 2 | 3 | 2",
            "programme/joint | Joint | org:unicef | UNICEF | recipient | 3 | 3 | USD | committed | 2 | 3 | 2",
            "programme/none | None |  |  |  | 0 |  |  |  | 1 | 3 | 2",
            "programme/part | Part | org:iom | IOM | implements | 1 |  |  |  | 1 | 3 | 2",
        ),
    ),
    Case(
        "joint-programmes",
        {"fund": "org:cerf"},
        (
            "programme/other | https://w3id.org/migkg/id/programme/other | org:iom | IOM | implements | 1 |  |  |  | 1 | 1 | 2",
        ),
    ),
    Case(
        "theme-map",
        {},
        (
            "VNM | Viet Nam | 0 | 0 | 1 | 2 | 4 | 1 | 1",
            "LAO | Laos | 1 | 1 | 0 | 3 | 4 | 1 | 1",
        ),
    ),
    Case(
        "theme-map",
        {"theme": "iom:drr", "lang": "fr"},
        (
            "VNM | Viet Nam | 1 | 1 | 0 | 2 | 4 | 1 | 1",
            "KHM | KHM | 1 | 0 | 0 | 1 | 4 | 1 | 1",
            "LAO | RDP lao | 0 | 1 | 0 | 3 | 4 | 1 | 1",
        ),
    ),
    Case(
        "side-by-side",
        {},
        (
            "country | LBY | Libya | 1 | 1 | 1 | 2 | 3 | 3 | 1",
            "theme | theme:iom:avrr | Return | 1 | 0 | 0 | 2 | 3 | 3 | 1",
        ),
    ),
    Case(
        "side-by-side",
        {"other": "id:org/third"},
        (
            "country | LBY | Libya | 0 | 2 | 1 | 0 | 3 | 1 | 1",
            "theme | theme:iom:avrr | Return | 0 | 1 | 0 | 0 | 3 | 1 | 1",
        ),
    ),
    Case(
        "road-to",
        {"thing": "id:process/bali"},
        (
            "event/1 | First | 2002-02 | organises | government:AUS | Australia | chairs | first | 1 | 1 | 3 | 2",
            "event/2 | Second | 2003-04 | organises | government:AUS | Australia | participatesIn | again | 2 | 1 | 3 | 2",
            "event/2 | Second | 2003-04 | organises | org:iom | IOM | participatesIn | first | 2 | 1 | 3 | 2",
            "event/day | https://w3id.org/migkg/id/event/day | XXXX-03-01 | organises | government:AUS | Australia | participatesIn |  | 1 | 1 | 3 | 2",
        ),
    ),
    Case(
        "road-to",
        {"thing": "id:series/s"},
        (
            "session/a | https://w3id.org/migkg/id/session/a |  | partOf |  |  |  |  | 1 | 2 | 2 | 2",
            "session/day | https://w3id.org/migkg/id/session/day |  | partOf |  |  |  |  | 1 | 2 | 2 | 2",
        ),
    ),
    Case(
        "road-to",
        {"thing": "id:instrument/pact"},
        (
            "event/x | https://w3id.org/migkg/id/event/x | 2001 | beside | process:other | https://w3id.org/migkg/id/process/other | organises | first | 1 | 2 | 4 | 2",
            "event/2 | Second | 2003-04 | beside | process:bali | https://w3id.org/migkg/id/process/bali | organises | first | 2 | 2 | 4 | 2",
            "event/2 | Second | 2003-04 | beside | government:AUS | Australia | participatesIn | first | 2 | 2 | 4 | 2",
            "event/2 | Second | 2003-04 | beside | org:iom | IOM | participatesIn | first | 2 | 2 | 4 | 2",
            "session/a | https://w3id.org/migkg/id/session/a |  | beside |  |  |  |  | 1 | 2 | 4 | 2",
            "session/day | https://w3id.org/migkg/id/session/day |  | beside |  |  |  |  | 1 | 2 | 4 | 2",
        ),
    ),
    Case(
        "return-ties",
        {},
        (
            "org:eu | EU |  | programme/e | E | country:MAR | Morocco | MAR |  |  |  | the EU pays | 1 | 3 | 1",
            "government:DEU | Germany | DEU | programme/r | R | country:MAR | Morocco | MAR | 2 | EUR |  | Germany pays | 1 | 3 | 1",
            "government:DEU | Germany | DEU | programme/r | R | country:MAR | Morocco | MAR | 3 | USD |  | Germany pays | 1 | 3 | 1",
        ),
    ),
    Case(
        "theme-crossers",
        {},
        (
            "org:iom | IOM | 3 | 1 | 1 | 1 | 2 | 3 | 3 | 1",
            "org:wb | World Bank | 2 | 0 | 1 | 1 | 1 | 3 | 3 | 1",
        ),
    ),
    Case(
        "theme-crossers",
        {"least": "1"},
        (
            "org:iom | IOM | 3 | 1 | 1 | 1 | 2 | 3 | 3 | 1",
            "org:wb | World Bank | 2 | 0 | 1 | 1 | 1 | 3 | 3 | 1",
            "org:police | https://w3id.org/migkg/id/org/police | 1 | 1 | 0 | 0 | 1 | 3 | 3 | 1",
        ),
    ),
    Case(
        "new-donors",
        {"country": "NER"},
        (
            "org:eu | EU | 2015 | 2 | 1 | 1 | 1 | 4 | 1",
            "government:JPN | Japan |  | 0 | 0 | 0 | 1 | 4 | 1",
        ),
    ),
    Case(
        "new-donors",
        {"country": "NER", "years": "5"},
        (
            "org:eu | EU | 2015 | 3 | 2 | 1 | 1 | 4 | 1",
            "government:JPN | Japan |  | 0 | 0 | 0 | 1 | 4 | 1",
        ),
    ),
    Case(
        "only-in-language",
        {},
        (
            "es | org:aecid | AECID | mg:cooperatesWith | org:oim | IOM | 1 | la AECID coopera | 1 | 4",
            "fr | org:afd | AFD | mg:funds | programme/p | P | 2 | financé par l’AFD | 2 | 4",
        ),
    ),
    Case(
        "only-in-language",
        {"language": "en"},
        ("en | org:eu | EU | mg:funds | programme/p | P | 1 |  | 1 | 4",),
    ),
    Case(
        "only-in-language",
        {"predicate": "funds"},
        ("fr | org:afd | AFD | mg:funds | programme/p | P | 2 | financé par l’AFD | 2 | 4",),
    ),
    Case(
        "who-speaks",
        {},
        (
            "person/a | A | unit/iom-x | IOM X | Chief of Mission | 2 | 3 | 1 | 2 | 2012 | 2014 | 1 | 4",
            "person/b | B | org:y | https://w3id.org/migkg/id/org/y |  | 0 | 2 | 0 | 0 |  |  | 2 | 4",
        ),
    ),
    Case(
        "who-speaks",
        {"organisation": "org:iom"},
        ("person/a | A | unit/iom-x | IOM X | Chief of Mission | 2 | 3 | 1 | 2 | 2012 | 2014 | 1 | 4",),
    ),
    Case(
        "disagreements",
        {},
        (
            "amount | programme/p | P | EU | 10 EUR | 12 EUR | One | Two | source:1 | source:2 | 1 | 3",
            "date | event/e | Meeting |  | 2013-03-18 | 2013-03-19 | One | Two | source:1 | source:2 | 2 | 3",
            "date | event/e | Meeting |  | 2013-03-19 | XXXX-03-18 | Two |  | source:2 | source:3 | 2 | 3",
            "lead | programme/p | P |  | IOM | UNODC | One | Two | source:1 | source:2 | 2 | 3",
            "lead | programme/q | Q |  | NGO | IOM X |  | Two | source:3 | source:2 | 2 | 3",
        ),
    ),
    Case(
        "disagreements",
        {"kind": "amount"},
        ("amount | programme/p | P | EU | 10 EUR | 12 EUR | One | Two | source:1 | source:2 | 1 | 3",),
    ),
    Case(
        "names-of",
        {"organisation": "org:iom"},
        (
            "org:iom | IOM | former name | PICMME |  | 1 |  |  | 0 | row 1 | 2",
            "org:iom | IOM | former name | ICEM | en | 2 |  |  | 1 |  | 2",
        ),
    ),
    Case(
        "names-of",
        {"organisation": "org:fcdo"},
        (
            "org:dfid | DFID | becomes | FCDO |  |  |  | org:fcdo | 1 | row 2 | 2",
            "org:oda | ODA | former name | Overseas Ministry | en |  | 1964/1970 |  | 0 |  | 2",
            "org:oda | ODA | becomes | DFID |  |  | 1997 | org:dfid | 0 |  | 2",
            "org:fco | https://w3id.org/migkg/id/org/fco | becomes | FCDO |  |  |  | org:fcdo | 1 | row 2 | 2",
        ),
    ),
    Case(
        "names-of",
        {"organisation": "id:org/oda"},
        (
            "org:dfid | DFID | becomes | FCDO |  |  |  | org:fcdo | 1 | row 2 | 2",
            "org:oda | ODA | former name | Overseas Ministry | en |  | 1964/1970 |  | 0 |  | 2",
            "org:oda | ODA | becomes | DFID |  |  | 1997 | org:dfid | 0 |  | 2",
            "org:fco | https://w3id.org/migkg/id/org/fco | becomes | FCDO |  |  |  | org:fcdo | 1 | row 2 | 2",
        ),
    ),
    Case(
        "withdrawn-sources",
        {},
        (
            "source:4 |  |  |  | 2026-01-01T10:00:00 | 0 | 0 | 4",
            "source:1 | Border posts | http://e/1 | 2013-03-18 | 2026-01-02T10:00:00 | 2 | 1 | 4",
            "source:3 |  |  |  | 2026-01-03T10:00:00 | 1 | 1 | 4",
        ),
    ),
    Case(
        "dropped-claims",
        {},
        (
            "org:b | B | funds | programme/p | https://w3id.org/migkg/id/programme/p | stated | B pays | 2026-01-02T10:00:00 | 2026-01-03T10:00:00 | source:1 | Corrected | http://e/1 | 3",
            "org:c | https://w3id.org/migkg/id/org/c | funds | programme/p | https://w3id.org/migkg/id/programme/p | planned | C will pay | 2026-01-02T10:00:00 | 2026-01-03T10:00:00 | source:1 | Corrected | http://e/1 | 3",
            "org:a | https://w3id.org/migkg/id/org/a | memberCount | 175 | 175 | stated | 175 members | 2026-01-01T10:00:00 | 2026-01-04T10:00:00 | source:2 |  | https://w3id.org/migkg/id/source/2 | 3",
        ),
    ),
    Case(
        "dropped-claims",
        {"address": "http://e/", "lang": "fr"},
        (
            "org:b | B | funds | programme/p | https://w3id.org/migkg/id/programme/p | stated | B pays | 2026-01-02T10:00:00 | 2026-01-03T10:00:00 | source:1 | Corrected | http://e/1 | 3",
            "org:c | https://w3id.org/migkg/id/org/c | funds | programme/p | https://w3id.org/migkg/id/programme/p | planned | C will pay | 2026-01-02T10:00:00 | 2026-01-03T10:00:00 | source:1 | Corrected | http://e/1 | 3",
        ),
    ),
]
