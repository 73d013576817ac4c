"""Who noun phrases name, on hand-made analyses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import whence
from whence.coding.actors import Identifier, Identity
from whence.coding.tree import Tree
from whence.knowledge import load

Grow = Callable[..., Tree]


def identify(tree: Tree, word: str, published: str | None = None, setting: str | None = None) -> Identity:
    return Identifier(tree, load(), published, setting).identify(tree.form.index(word))


def facts(identity: Identity) -> tuple[str, str | None, str | None, str]:
    return identity.name, identity.country, identity.sector, identity.kind


def test_nationality_and_noun(tree: Grow) -> None:
    t = tree("""
        Turkish Turkish ADJ JJ 2 amod
        police police NOUN NN 3 nsubj
        detained detain VERB VBD 0 root
        six six NUM CD 6 nummod
        armed armed ADJ JJ 6 amod
        militiamen militiaman NOUN NNS 3 obj
    """)
    assert facts(identify(t, "police", setting="SYR")) == ("Turkish police", "TUR", "COP", "organisation")
    militiamen = identify(t, "militiamen", setting="SYR")
    assert (militiamen.country, militiamen.kind) == ("SYR", "group")
    assert "setting" in militiamen.reason and militiamen.confidence < 0.6


def test_possessive_and_ministry_of_defence(tree: Grow) -> None:
    t = tree(
        """
        Russia Russia PROPN NNP 3 nmod:poss
        ’s 's PART POS 1 case
        Ministry Ministry PROPN NNP 6 nsubj
        of of ADP IN 5 case
        Defence Defence PROPN NNP 3 nmod
        confirmed confirm VERB VBD 0 root
        it it PRON PRP 6 obj
        """,
        [("LOC", 0, 0), ("ORG", 2, 4)],
    )
    assert facts(identify(t, "Ministry")) == ("Russia’s Ministry of Defence", "RUS", "MIL", "organisation")
    assert facts(identify(t, "Russia")) == ("Russia", "RUS", "GOV", "country")


@pytest.mark.parametrize(
    ("word", "name", "country"),
    [
        ("Tehran", "Iran", "IRN"),
        ("Kremlin", "Russia", "RUS"),
        ("Burma", "Myanmar", "MMR"),
        ("UK", "United Kingdom", "GBR"),
    ],
)
def test_capitals_and_seats_are_governments(tree: Grow, word: str, name: str, country: str) -> None:
    t = tree(f"""
        {word} {word} PROPN NNP 2 nsubj
        denied deny VERB VBD 0 root
        it it PRON PRP 2 obj
    """)
    identity = identify(t, word)
    assert facts(identity) == (name, country, "GOV", "country")
    assert identity.label == f"{name}, government"


def test_a_country_by_its_code(tree: Grow) -> None:
    t = tree("Rain rain NOUN NN 0 root")
    identity = Identifier(t, load(), None, None).country("XKX")
    assert facts(identity) == ("Kosovo", "XKX", "GOV", "country")
    assert Identifier(t, load(), None, None).country("UNO").name == "UNO"


def test_a_person_after_a_title(tree: Grow) -> None:
    t = tree(
        """
        Secretary secretary PROPN NNP 10 nsubj
        of of ADP IN 7 case
        Iran Iran PROPN NNP 7 nmod:poss
        's 's PART POS 3 case
        Supreme Supreme PROPN NNP 7 compound
        Security Security PROPN NNP 7 compound
        Council Council PROPN NNP 1 nmod
        Karim Karim PROPN NNP 1 appos
        Tavakkoli Tavakkoli PROPN NNP 8 flat
        spoke speak VERB VBD 0 root

        Tavakkoli Tavakkoli PROPN NNP 2 nsubj
        smiled smile VERB VBD 0 root
        """,
        [("LOC", 2, 2), ("ORG", 4, 6), ("PER", 7, 8), ("PER", 10, 10)],
    )
    assert facts(identify(t, "Secretary", setting="SYR")) == ("Karim Tavakkoli", "IRN", "GOV", "person")
    later = Identifier(t, load(), None, "SYR").identify(10)
    assert (later.country, later.sector) == ("IRN", "GOV"), "a person keeps the role of the introduction"


def test_surnames_may_come_first(tree: Grow) -> None:
    t = tree(
        """
        Wang Wang PROPN NNP 3 nsubj
        Yi Yi PROPN NNP 1 flat
        arrived arrive VERB VBD 0 root

        Wang Wang PROPN NNP 2 nsubj
        smiled smile VERB VBD 0 root
        """,
        [("PER", 0, 1), ("PER", 3, 3)],
    )
    identity = Identifier(t, load(), "2022-07-11", "IDN").identify(3)
    assert (identity.label, identity.country, identity.sector) == ("Wang Yi, foreign minister", "CHN", "GOV")


def test_roles_go_by_the_date(tree: Grow) -> None:
    t = tree(
        """
        Mubarak Mubarak PROPN NNP 2 nsubj
        left leave VERB VBD 0 root
        """,
        [("PER", 0, 0)],
    )
    assert identify(t, "Mubarak", "2010-06-01").sector == "GOV"
    assert identify(t, "Mubarak", "2011-03-04").sector == "ELI"
    assert identify(t, "Mubarak", "2010-06-01").label == "Hosni Mubarak, president"


def test_listed_groups_and_their_members(tree: Grow) -> None:
    t = tree(
        """
        Members member NOUN NNS 7 nsubj
        of of ADP IN 5 case
        the the DET DT 5 det
        Nusra Nusra PROPN NNP 5 compound
        Front Front PROPN NNP 1 nmod
        then then ADV RB 7 advmod
        fled flee VERB VBD 0 root
        """,
        [("ORG", 3, 4)],
    )
    assert facts(identify(t, "Front")) == ("Nusra Front", "SYR", "REB", "group")
    assert facts(identify(t, "Members")) == ("Members of the Nusra Front", "SYR", "REB", "group")


def test_international_bodies_have_no_sector(tree: Grow) -> None:
    t = tree(
        """
        The the DET DT 3 det
        European European PROPN NNP 3 compound
        Union Union PROPN NNP 4 nsubj
        sent send VERB VBD 0 root
        European European PROPN NNP 7 compound
        Union Union PROPN NNP 7 compound
        leaders leader NOUN NNS 4 obj
        """,
        [("ORG", 1, 2), ("ORG", 4, 5)],
    )
    union = identify(t, "Union", setting="IRN")
    assert (union.country, union.sector, union.name) == ("EUR", None, "European Union")
    leaders = identify(t, "leaders", setting="IRN")
    assert (leaders.country, leaders.sector) == ("EUR", None)


def test_acronyms_are_not_pronouns_and_need_their_country(tree: Grow) -> None:
    t = tree("""
        The the DET DT 2 det
        PA PA PROPN NNP 3 nsubj
        met meet VERB VBD 0 root
        officials official NOUN NNS 3 obj
        in in ADP IN 6 case
        Ramallah Ramallah PROPN NNP 3 obl
    """)
    assert identify(t, "PA", setting="PSE").country == "PSE"
    far = tree("""
        PA PA PROPN NNP 2 nsubj
        slept sleep VERB VBD 0 root
    """)
    assert identify(far, "PA", setting="NZL").label is None


def test_weapons_act_for_their_owner(tree: Grow) -> None:
    t = tree("""
        Israeli Israeli ADJ JJ 2 amod
        aircraft aircraft NOUN NN 3 nsubj
        struck strike VERB VBD 0 root
    """)
    assert facts(identify(t, "aircraft", setting="PSE")) == ("Israel", "ISR", "MIL", "other")


def test_quantities_are_what_they_count(tree: Grow) -> None:
    t = tree("""
        Dozens dozen NOUN NNS 4 nsubj
        of of ADP IN 3 case
        soldiers soldier NOUN NNS 1 nmod
        died die VERB VBD 0 root
    """)
    assert facts(identify(t, "Dozens", setting="MLI")) == ("Dozens of soldiers", "MLI", "MIL", "group")


def test_a_party_before_its_noun(tree: Grow) -> None:
    t = tree(
        """
        Mugabe Mugabe PROPN NNP 4 nmod:poss
        's 's PART POS 1 case
        ZANU-PF ZANU-PF PROPN NNP 4 compound
        party party NOUN NN 5 nsubj
        won win VERB VBD 0 root
        in in ADP IN 7 case
        Zimbabwe Zimbabwe PROPN NNP 5 obl
        """,
        [("PER", 0, 0), ("ORG", 2, 2), ("LOC", 6, 6)],
    )
    assert facts(identify(t, "party", setting="ZWE")) == ("ZANU-PF", "ZWE", "PTY", "group")


def test_another_states_council_is_not_the_united_nations(tree: Grow) -> None:
    t = tree(
        """
        Iran Iran PROPN NNP 5 nmod:poss
        's 's PART POS 1 case
        National National PROPN NNP 5 compound
        Security Security PROPN NNP 5 compound
        Council Council PROPN NNP 6 nsubj
        met meet VERB VBD 0 root
        """,
        [("LOC", 0, 0), ("ORG", 2, 4)],
    )
    council = identify(t, "Council", setting="USA")
    assert (council.country, council.sector) == ("IRN", "GOV")


def test_names_of_states_are_no_persons(tree: Grow) -> None:
    t = tree(
        """
        Bamako Bamako PROPN NNP 2 nsubj
        protested protest VERB VBD 0 root
        """,
        [("PER", 0, 0)],
    )
    assert facts(identify(t, "Bamako")) == ("Mali", "MLI", "GOV", "country")


def test_peoples(tree: Grow) -> None:
    t = tree("""
        Thirteen thirteen NUM CD 2 nummod
        Britons Briton PROPN NNPS 3 nsubj
        died die VERB VBD 0 root
    """)
    assert facts(identify(t, "Britons")) == ("Thirteen Britons", "GBR", "CVL", "group")


def test_both_governments_are_nobodys(tree: Grow) -> None:
    t = tree("""
        Both both DET DT 2 det
        governments government NOUN NNS 3 nsubj
        agreed agree VERB VBD 0 root
    """)
    assert identify(t, "governments", setting="VEN").country is None


def test_anything_can_be_asked(tree: Grow) -> None:
    t = tree("""
        Yes yes INTJ UH 0 root
        , , PUNCT , 1 punct
        7 7 NUM CD 1 dep
        ) ) PUNCT -RRB- 1 punct
    """)
    identifier = Identifier(t, load(), None, None)
    assert {identifier.identify(w).kind for w in range(len(t))} == {"other"}


def test_a_spokesman_has_the_country_of_whom_he_speaks_for() -> None:
    coding = whence.read_text(
        "Troops shelled the Chadian town of Abéché on Monday. The spokesperson for the Sudanese Ministry of "
        "Foreign Affairs, Omar Tijani, condemned the shelling. Chad's army mourned its dead, and Chad closed a border."
    )
    assert {a.country for a in coding.actors if a.name == "Omar Tijani"} == {"SDN"}


def coded(text: str, published: str | None = None) -> dict[str, tuple[str, str | None, str | None]]:
    """Name, country and sector of each actor, by its words."""
    return {a.text: (a.name, a.country, a.sector) for a in whence.read_text(text, published=published).actors}


def test_the_nearer_country_goes_before_the_setting() -> None:
    found = coded(
        "Shells fell on the Syrian town of Idlib on Monday. In Paris, the foreign ministry condemned the shelling. "
        "France, its spokesman warned, would punish the attackers."
    )
    assert found["the foreign ministry"] == ("foreign ministry", "FRA", "GOV")
    assert found["its spokesman"] == ("France's spokesman", "FRA", "GOV")
    assert found["the attackers"][1] == "SYR"


def test_the_organ_of_the_country_just_named() -> None:
    found = coded(
        "Police in Tehran arrested two men on Monday. After a meeting of Iraq's cabinet in the evening, "
        "the foreign ministry condemned the arrests."
    )
    assert found["the foreign ministry"][1] == "IRQ"


def test_a_minister_is_of_the_country_with_which_the_sentence_begins() -> None:
    found = coded(
        "Police in Mexico City arrested two men in Mexico. Guatemala's army will close three bases, "
        "Defence Minister Hernando Quib promised on Monday."
    )
    assert found["Defence Minister Hernando Quib"] == ("Hernando Quib", "GTM", "MIL")


def test_several_adjectives_and_shared_ones() -> None:
    found = coded(
        "Police in Amman arrested two men. Lebanese and Jordanian ministers condemned the arrests. "
        "Turkish police and soldiers attacked the protesters."
    )
    assert found["Lebanese and Jordanian ministers"] == ("Lebanese and Jordanian ministers", None, "GOV")
    assert found["soldiers"] == ("soldiers", "TUR", "MIL")


def test_both_countries_are_the_two_named() -> None:
    found = coded(
        "Kenya and Uganda held talks on Monday. The two countries agreed to open the border. "
        "Both countries condemned the rebels."
    )
    assert found["The two countries"] == found["Both countries"] == ("Kenya and Uganda", None, "GOV")


@pytest.mark.parametrize(
    ("text", "day", "country"),
    [
        ("King Abdullah met the Jordanian prime minister in Amman and condemned the attack.", "2008-05-05", "JOR"),
        ("King Abdullah met ministers in Riyadh and condemned the attack.", "2008-05-05", "SAU"),
        ("King Abdullah condemned the attack. Gunmen in Nairobi killed three people.", "2008-05-05", None),
        ("King Abdullah condemned the attack. Gunmen in Nairobi killed three people.", "2019-05-05", "JOR"),
    ],
)
def test_two_kings_of_one_name(text: str, day: str, country: str | None) -> None:
    assert coded(text, day)["King Abdullah"][1] == country


def test_a_title_may_rule_out_who_is_listed() -> None:
    found = coded("The U.N. High Commissioner for Human Rights, Michelle Bachelet, condemned the killings in Algiers.")
    assert ("Michelle Bachelet", "UNO", None) in found.values()


def test_a_name_does_not_end_in_a_preposition() -> None:
    found = coded("Police detained dozens of football officials from around the world.")
    assert "dozens of football officials" in {name for name, _, _ in found.values()}


def test_we_is_the_body_that_the_speaker_speaks_for() -> None:
    found = coded(
        'Police in Minsk arrested nine members of the Harbour Union on Monday. "We condemn the arrests," said '
        "Vera Lis, spokeswoman for the Harbour Union."
    )
    assert found["We"][:2] == ("Harbour Union", "BLR")


def test_a_country_told_anywhere_goes_before_the_setting() -> None:
    found = coded(
        "A court in Oslo convicted Adel Barakat of bombing a barracks on Monday. Barakat, a Tunisian, will appeal. "
        "Barakat threatened the judges."
    )
    assert found["Adel Barakat"][1] == "TUN"


def test_those_are_told_by_what_follows() -> None:
    found = coded("Ministers met in Lima on Friday. The army attacked those who blocked the bridge.")
    assert found["those"][0] == "those who blocked the bridge"


def test_men_are_what_their_commander_is() -> None:
    found = coded("Rebels in Mali attacked a barracks on Monday. Their men killed 12 soldiers.")
    assert found["Their men"][2] == "REB"


def test_people_are_of_the_place_that_their_sentence_plays_in() -> None:
    found = coded(
        "Leaders of Norway and Sweden met in Oslo on Monday. Norway praised the talks, and Sweden praised Norway.\n\n"
        "In Mombasa, meanwhile, hundreds of students attacked the police."
    )
    assert found["hundreds of students"][1] == found["the police"][1] == "KEN"


def test_an_office_tells_more_than_the_rank_behind_it() -> None:
    found = coded("Prime Minister Gen Somchai Dee banned protests in Bangkok on Monday.")
    assert found["Prime Minister Gen Somchai Dee"][1:] == ("THA", "GOV")


def test_those_who_were_arrested_are_nobody_named_before() -> None:
    found = coded("Iranian police arrested five students on Monday. They did not give the names of those arrested.")
    assert found["those"][0] == "those arrested"


def test_no_mark_at_the_edge_of_a_listed_name() -> None:
    found = coded('"The students were given pledges from (Israel\'s) Mossad," police in Tehran said on Monday.')
    assert "Mossad" in {name for name, _, _ in found.values()}


def test_the_setting_is_not_lent_to_those_of_several_countries() -> None:
    text = "HARARE, Zimbabwe - The two armies accused each other of theft. Leaders of Muslim countries met police."
    countries = {a.name: a.country for a in whence.read_text(text).actors}
    assert (countries["two armies"], countries["Leaders of Muslim countries"], countries["police"]) == (
        None,
        None,
        "ZWE",
    )


def test_an_apposition_tells_the_country() -> None:
    coding = whence.read_text("In Kyiv the court fined the bank's former partner, the Russian lender Sibinvest.")
    assert [a.country for a in coding.events[0].recipients] == ["RUS"]


def test_a_listed_group_before_what_it_is_called() -> None:
    found = coded("Russian jets bombed Nusra Front terrorist groups near Aleppo on Monday.")
    assert "Nusra Front" in {name for name, _, _ in found.values()}


def test_no_name_begins_with_and() -> None:
    found = coded(
        "United States and United Kingdom diplomats were beaten in Harare. Police said that they were detained."
    )
    assert not [name for name, _, _ in found.values() if name.startswith("and ")]


def test_who_reports_of_a_raid_does_not_carry_it_out() -> None:
    coding = whence.read_text("The journalist Rana Aziz was covering a Russian attack on Kyiv when the power failed.")
    (attack,) = (e for e in coding.events if e.type == "ASSAULT")
    assert [a.name for a in attack.actors] == ["Russia"]
