"""Words that stand with a capital in sentences of this product and name nobody; and given names, which do."""

from pathlib import Path


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# One of these beside other capitalised words makes them an organisation, a place or a law.
ORGANISATIONS = _words("""
    police constabulary force forces house houses council councils service services trust hospital hospitals charity
    foundation society army ambulance care team teams unit units cell cells region regional centre center clinic hub
    network association group ltd limited plc agency authority university college school church mosque temple airport
    port station hotel shelter refuge refuges project partnership board office department ministry embassy consulate
    commission act acts order orders code regulations schedule operation exercise interpreters interpreting health
    nhs aid court courts prosecution bureau federation alliance line helpline safeguarding borough county city
    saint st day universities home homes fund union institute directorate command taskforce programme
    partners inspectorate
""")

PLACES = _words("""
    north south east west northern southern eastern western central north-west north-east south-west south-east
    midlands greater england wales scotland ireland kingdom britain london yorkshire humber avon somerset thames valley
    devon cornwall kent sussex essex surrey hampshire dorset wiltshire gloucestershire mercia merseyside cheshire
    lancashire cumbria cleveland durham northumbria humberside lincolnshire derbyshire nottinghamshire leicestershire
    northamptonshire warwickshire staffordshire bedfordshire cambridgeshire hertfordshire norfolk suffolk gwent dyfed
    powys manchester birmingham bristol cardiff leeds liverpool sheffield glasgow edinburgh belfast newcastle dover
    heathrow gatwick counties bedford cambridge highlands islands riding channel
    european europe africa asia union vietnam albania romania nigeria china poland
""")

LANGUAGES = _words("""
    albanian amharic arabic bengali british bulgarian cantonese chinese croatian czech dari dutch english estonian
    farsi french georgian german greek gujarati hausa hindi hungarian igbo italian japanese korean kurdish kurmanji
    latvian lithuanian malay mandarin moldovan nepali nigerian pashto persian polish portuguese punjabi romani
    romanian russian scottish serbian sinhala slovak slovenian somali sorani spanish swahili tagalog tamil thai
    tigrinya turkish twi ukrainian urdu vietnamese welsh wolof yoruba irish sign language indian brazilian
""")

DAYS = _words("""
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec christmas easter boxing new year bank holiday
""")

PRODUCT = _words("""
    gold silver bronze officer officers duty manager lead leads deputy loggist administrator commander commanders chair
    victim victims advocate advocates witness child children children's women men family adult adults woman man
    conference conferences case action actions gate gates go-ahead hold holds reserve reserves place places night
    nights provider providers partner partners post posts role roles offer offers condition conditions undertaking
    undertakings demand phase phases warrant warrants visit visits visiting premises power powers entry legal basis
    clash clashes strike day days threshold pentameter holmes nominal reception transport medical paediatric
    consultant nurse doctor
    social worker workers safe first responder responders trained national referral mechanism modern slavery human
    trafficking exploitation immigration enforcement border gangmasters labour abuse local government onward route
    on-call in out hours telephone interpreter intelligence record directory agreement agreements agencies training
    course information sharing policy plan official official-sensitive sensitive secret top briefing debrief custody
    detention detective chief inspector superintendent sergeant constable ranking supervisor coordinator co-ordinator
    head director desk on call control room liaison prosecutor prosecutors secretary security senior investigating
    psychologist psychologists therapist psychiatrist midwife paediatrician counsellor trainer
    night-shift shift interim acting assistant support specialist response rapid joint crime tactical parameter
    objective objectives media review enforcement awareness preparation organisation community fictional
    calendar today directory results schedule import export spreadsheet template templates
    one two three four five six seven eight nine ten alpha bravo charlie delta echo part section
    criminal evidence proceeds organised serious
""")

STARTERS = _words("""
    a about above accept add after again agree agreed all also already although an and another any anyone are as ask
    at away be because before begin below beside best between both bring but by call can check choose close come
    confirm convene could create decide do does done down each either else end enter every everyone everything
    except few file find follow for from full get give given go has have he her here hers him his hold how i if in
    inform is it its itself just keep last late later leave less let like list look make many more most mr much must
    near need needs neither never next no nobody none nor not nothing now of off on once only open or other our out
    over own per phone please put read ready record refuse release remove request resend ring said same say see seen
    send set shall she should show sign since so some somebody someone soon start still stop such take tell that the
    their them then there these they this those though through to together too try two type under until up update
    upon us use very wait was we were what when where whether which while who whole whom whose why will with
    within without would write yes yet you your care there's that's it's don't can't
    he'll we'll they'll who'd notify pass speak talk move hand drop meet visit
""")

KNOWN = ORGANISATIONS | PLACES | LANGUAGES | DAYS | PRODUCT | STARTERS

# One of them alone is questioned: capitalised, or in small letters where it has four of them at least.
GIVEN_NAMES = _words(
    "\n".join(
        line
        for line in (Path(__file__).parent / "given_names.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
)

TITLES = "mr mrs ms miss mx dr prof professor sir dame madam rev reverend cllr"
RANKS = "PC PS DC DS DI DCI Sgt Insp Det PCSO Constable Sergeant Inspector Superintendent"
