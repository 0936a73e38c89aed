"""Word lists that names are told by; cue words before a name or date stand in the vocabulary."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLES = _words(
    """
    editor editors writer writers reporter reporters journalist correspondent contributor contributors contributing
    columnist author staff senior junior chief director manager managing founder co-founder cofounder ceo cto cmo cfo
    coo president vice head lead expert specialist consultant analyst strategist producer photographer officer partner
    professor associate assistant executive freelance digital marketing content copywriter blogger founder's host
    dietitian nutritionist attorney lawyer dentist physician therapist coach trainer engineer developer designer
    researcher scientist teacher instructor owner advisor adviser publisher correspondente redaktor redakteur
    redakteurin redazione redacción redaccion rédaction redaction journaliste periodista giornalista redakcja autor
    autorin корреспондент редактор журналист автор обозреватель
    """
)
"""A part of a byline that holds one of these is a role, not another author."""

ORGANISATIONS = _words(
    """
    university college institute institution school department center centre association society foundation company
    inc inc. llc ltd ltd. gmbh corp corp. corporation group agency team news media press times post magazine journal
    network studio studios labs technologies solutions services software systems bank clinic hospital health today
    daily weekly online blog council committee union newsroom desk newsdesk bureau editorial
    """
)
"""A part of a byline that holds one of these is an organisation."""

CREDENTIALS = _words(
    """
    md do dds dmd dvm vmd phd edd psyd jd rn rd rdn ldn np pa pt dpt ms ma ba bs bsc msc mba mph mfa lcsw lmft cpa cfp
    cfa esq jr sr ii iii iv pharmd facog faan facs fand cscs cpt pmp cissp cpp psp ryt e-ryt lvt bcba aprn fnp bsn msn
    faclm
    """
)
"""Letters after a name."""

PARTICLES = _words("de del della di da do dos das la le van von der den ter ten bin ibn al el ben y e und et af av zu")
"""Lower-case words inside a name."""

CONJUNCTIONS = r"and|und|et|y|e|en|og|och|ja|и|і|та|i|oraz|dan|và|ve|και"
"""Words that join two names."""

NOBODY = _words(
    """
    admin administrator root user guest author null none undefined unknown webmaster test default anonym by wordpress
    editor system n/a - name your-name
    """
)
"""What systems write where no author is known."""

NOT_NAMES = _words(
    """
    share read more min mins minute minutes home blog news article articles about contact comment comments photo
    photos image video videos guide guides review reviews best top how what why when where the a an of for in on to
    with your our and or at from is are by you we it this that tips ideas trends resources insights company business
    marketing technology tech health fitness travel food finance insurance education lifestyle culture sports opinion
    politics science design development security management software data garden beauty fashion style world life money
    career careers jobs service services product products customer support login sign subscribe newsletter menu search
    updated published last posted listen save print email copy link follow facebook twitter linkedin pinterest
    instagram whatsapp reddit table contents overview introduction summary key takeaways disclosure advertisement
    sponsored affiliate learning learn start reading time views likes new free online digital web mobile app apps
    cloud machine artificial intelligence real estate mental personal small social media press release releases case
    study studies uncategorized featured popular latest recent trending related next previous back all categories
    category tags tag topic monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun today
    yesterday full bio show hide sidebar shop stock getty quick insight forum program tools example account join open
    caption current location rating user increase profile correspondent
    close topics shopping kitchen cleaning moving dental yoga photography gaming games music movies books art history
    новости последние главные лента читать комментарии drukuj prześlij wyślij kup licencję opis horoskop więcej
    nachrichten drucken teilen partager imprimer imprimir compartir noticias actualités últimas notizie stampa condividi
    ειδήσεις εκτύπωση σχόλια haberler yazdır paylaş
    """
)
"""Words that a name does not hold: interface, section and headline words, in a line that has no "By" before it."""

TEAMS = _words("team staff editors newsdesk desk editorial redaktion redacción rédaction")
"""The last word of a desk's name."""

BEFORE_DATES = _words("on at am um vom el il le em op den dnia på kl à às в от")
"""Words between a name and a date."""

INTERFACE = _words(
    """
    view read more follow share updated published posted last comments monday tuesday wednesday thursday friday saturday
    sunday photographs photography photos illustrations
    """
)
"""What stands behind a name on the same line without belonging to it."""
