# header
IviReferenceId: Identyfikator referencyjny komunikatu
IviVersionNumberXsd: Wersja formatu komunikatu
IviVersionNumber: Wersja świadectwa
IviVersionDateTime: Data i godzina tej wersji
IntendedCountryRegistration: Przewidywany kraj rejestracji
DesignatedTypeApprovalCountry: Kraj organu udzielającego homologacji
# general
VehicleIdentificationNumber: Numer identyfikacyjny pojazdu
TypeApprovalType: Rodzaj homologacji typu
ProvisionalTypeApprovalIndicator: Homologacja tymczasowa
StageOfCompletion: Etap kompletacji
ProductionYearSmallSeries: Rok produkcji (mała seria)
ProductionSequentialNumberSmallSeries: Kolejny numer produkcyjny (mała seria)
Type: Typ
Variant: Wariant
Version: Wersja
VehicleCategory: Kategoria pojazdu
LocationStatutoryPlate23Wheel: Umiejscowienie tabliczki znamionowej (dwu- lub trzykołowe)
MethodAttachmentStatutoryPlate: Sposób mocowania tabliczki znamionowej
LocationVin23Wheel: Umiejscowienie numeru identyfikacyjnego (dwu- lub trzykołowe)
DateManufactureVehicle: Data produkcji
CompletedAltered: Skompletowany lub zmieniony
DescriptionCompletedAltered: Opis kompletacji lub zmiany
TypeApprovalNumber: Numer homologacji typu z rozszerzeniem
TypeApprovalIssueDate: Homologacji typu udzielono dnia
ConvertingPerformanceIndicator: Możliwość zmiany osiągów
RightLeftHandTraffic: Do ruchu prawo- lub lewostronnego
MetricImperialSpeedometer: Jednostki prędkościomierza
MetricImperialOdometer: Jednostki licznika przebiegu
MaximumSpeed: Prędkość maksymalna
DeclaredMaximumSpeedForward: Deklarowana prędkość maksymalna, do przodu
DeclaredMaximumSpeedRearward: Deklarowana prędkość maksymalna, do tyłu
MaximumAssistanceFactor: Maksymalny współczynnik wspomagania
MaximumAssistanceSpeed: Maksymalna prędkość wspomagania
TypeApprovalTransportDangerousGoodsIndicator: Homologacja do przewozu towarów niebezpiecznych
EcoInnovationsFittedIndicator: Wyposażony w ekoinnowacje
CategoryHybridElectricVehicle: Klasa hybrydowego pojazdu elektrycznego (dwu- lub trzykołowe)
ThreePointLiftingMechanism: Trzypunktowy układ zawieszenia narzędzi
AdditionalCouplingPoints: Dodatkowe punkty sprzęgu
ElectronicBrakingSystem: Elektroniczny układ hamulcowy
ElectricalControlLineIndicator: Elektryczny przewód sterujący
Iso7638ConnectorIndicator: Złącze ISO 7638
DescriptionServiceAndMaintenance: Opis obsługi i konserwacji
VehicleCertified155Indicator: Certyfikowany zgodnie z regulaminem ONZ nr 155 (cyberbezpieczeństwo)
VehicleCertified156Indicator: Certyfikowany zgodnie z regulaminem ONZ nr 156 (aktualizacje oprogramowania)
ConsolidatedMaximum30MinutesPower: Maksymalna moc trzydziestominutowa, wszystkie silniki elektryczne
ConsolidatedMaximumNetPowerElectric: Maksymalna moc netto, wszystkie silniki elektryczne
PureElectricVehicleIndicator: Pojazd wyłącznie elektryczny
ExhaustEmissionLevel: Poziom emisji spalin
ExhaustEmissionLatestRegulationNumber: Emisja spalin: ostatni mający zastosowanie akt prawny
WltpTotalCo2EmissionSavedDueEcoInnovation: Całkowita redukcja CO₂ dzięki ekoinnowacjom
ManufacturerHybridApplication: Producent układu hybrydowego
HybridApplicationCode: Kod układu hybrydowego
ClassHybridVehicle: Klasa pojazdu hybrydowego
FuelType: Jednopaliwowy, dwupaliwowy, flex fuel lub dual fuel
SubFuelType: Podtyp paliwa
FuellingArrangement: Układ zasilania paliwem
DualFuelType: Rodzaj zasilania dual fuel
ElectricVehicleConfiguration: Konfiguracja pojazdu elektrycznego
SignerName: Imię i nazwisko podpisującego
SignerPosition: Stanowisko podpisującego
SignatureLocation: Miejsce podpisania
SignatureDate: Data podpisania
Make: Marka (nazwa handlowa producenta)
CommercialName: Nazwa handlowa
AllowedActualMass: Kolejne etapy: dopuszczalna masa rzeczywista
AllowedTechnicallyPermissibleMaximumLadenMass: Kolejne etapy: dozwolona technicznie dopuszczalna maksymalna masa całkowita
AllowedFrontalArea: Kolejne etapy: dopuszczalna powierzchnia czołowa
AllowedRollingResistance: Kolejne etapy: dopuszczalny opór toczenia
AllowedCrossSectionalAreaAirFrontGrill: Kolejne etapy: dopuszczalny przekrój wlotu powietrza osłony chłodnicy
ManufacturerStageNumber: Numer etapu
ManufacturerName: Producent: nazwa
ManufacturerAddressLine1: Producent: adres
ManufacturerAddressLine2: Producent: adres, drugi wiersz
ManufacturerAddressLine3: Producent: adres, trzeci wiersz
ManufacturerPlaceOfResidence: Producent: miejscowość
ManufacturerCountryOfResidence: Producent: kraj
PreviousStageTypeApprovalNumber: Poprzedni etap: numer homologacji typu
PreviousStageType: Poprzedni etap: typ
PreviousStageVariant: Poprzedni etap: wariant
PreviousStageVersion: Poprzedni etap: wersja
EURepresentativeName: Przedstawiciel producenta: nazwa
EURepresentativeAddressLine1: Przedstawiciel producenta: adres
EURepresentativeAddressLine2: Przedstawiciel producenta: adres, drugi wiersz
EURepresentativeAddressLine3: Przedstawiciel producenta: adres, trzeci wiersz
EURepresentativePlaceOfResidence: Przedstawiciel producenta: miejscowość
EURepresentativeCountryOfResidence: Przedstawiciel producenta: kraj
LocationMarkingsSubject: Oznakowanie
LocationMarkingsVehiclePart: Część pojazdu
LocationMarkingsVehiclePartSide: Strona
LocationMarkingsVehiclePartSideSection: Sekcja
# construction
NumberOfAxles: Liczba osi
NumberOfWheels: Liczba kół
NumberOfAxlesWithTwinWheels: Liczba osi z kołami bliźniaczymi
NumberOfSteeredAxles: Liczba osi kierowanych
NumberOfPoweredAxles: Liczba osi napędzanych
NumberOfBrakedAxles: Liczba osi hamowanych
NumberOfDoors: Liczba drzwi
AutomatedVehicle: Automatyzacja
NumberOfSeatingPositionsIncludingDriver: Miejsca siedzące łącznie z kierowcą
NumberOfSeatingPositionsExcludingDriver: Miejsca siedzące bez kierowcy
NumberOfSeatsStationaryUseOnly: Siedzenia używane wyłącznie podczas postoju
NumberOfSeatingPositionsLowerDeck: Miejsca siedzące, pokład dolny
NumberOfSeatingPositionsUpperDeck: Miejsca siedzące, pokład górny
NumberOfWheelchairUserAccessiblePositions: Miejsca dostępne dla wózków inwalidzkich
NumberOfStandingPlaces: Miejsca stojące
SeatingPositionConfiguration: Konfiguracja miejsc siedzących
ReversibleDrivingPositionIndicator: Odwracalne stanowisko kierowcy
LocationArrangementSeats: Umiejscowienie i układ siedzeń
SteeringCategory: Kategoria układu kierowniczego
NumberOfSetsBallastMasses: Zestawy obciążników
AdvancedBrakingSystem: Zaawansowany układ hamulcowy
# dimensions
Wheelbase: Rozstaw osi
WheelBaseSideCar: Rozstaw osi wózka bocznego
WheelBaseGroundRatio: Stosunek rozstawu osi do prześwitu
Length: Długość
Width: Szerokość
Height: Wysokość
SeatingHeight: Wysokość siedzenia
RearOverhang: Zwis tylny
MaximumPermissibleRearOverhang: Maksymalny dopuszczalny zwis tylny
MaximumPermissibleLength: Maksymalna dopuszczalna długość
MaximumPermissibleWidth: Maksymalna dopuszczalna szerokość
MaximumPermissibleHeight: Maksymalna dopuszczalna wysokość
LengthLoadingArea: Długość powierzchni ładunkowej
ElongatedCabIndicator: Wydłużona kabina
AerodynamicDeviceEquipped: Urządzenia aerodynamiczne
MaximumAuthorisedDimensionsDerogationIndicator: Odstępstwo od maksymalnych dozwolonych wymiarów
# masses
MassInRunningOrder: Masa pojazdu gotowego do jazdy
ActualMass: Masa rzeczywista
MassInRunningOrderIncomplete: Masa niekompletnego pojazdu gotowego do jazdy
TechnicallyPermissibleMaximumLadenMass: Technicznie dopuszczalna maksymalna masa całkowita
MinimumMassCompleted: Masa minimalna po skompletowaniu
AdditionalMassAlternativePropulsion: Masa dodatkowa na napęd alternatywny
AdditionalMassDueToBatteries: Masa dodatkowa wynikająca z akumulatorów
BallastMassTotal: Całkowita masa balastu
ThreePointLiftingMechanismMaximumTowableMass: Trzypunktowy układ zawieszenia: maksymalna masa ciągnięta
MechanicalCouplingNumberVerticalMass: Numer sprzęgu
TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint: Technicznie dopuszczalne maksymalne statyczne obciążenie pionowe w punkcie sprzęgu
MechanicalCouplingNumberTowingMasses: Numer sprzęgu
BrakedTypeTrail: Hamowanie przyczepy
BodyworkTypeTrailer: Rodzaj przyczepy
TechnicallyPermissibleMaximumCombinationMass: Technicznie dopuszczalna maksymalna masa zespołu pojazdów
TechnicallyPermissibleMaximumTowableMass: Technicznie dopuszczalna maksymalna masa ciągnięta
InServiceMaximumPermissibleMass: Przewidywana maksymalna masa w ruchu
InServiceMaximumPermissibleLadenMass: Przewidywana maksymalna masa całkowita w ruchu
InServiceMaximumPermissibleMassCombination: Przewidywana maksymalna masa zespołu pojazdów w ruchu
GearboxType: Skrzynia biegów (typ)
GearNumber: Bieg
GearRatio: Przełożenie biegu
FinalDriveNumber: Numer przekładni głównej
FinalDriveRatio: Przełożenie przekładni głównej
FinalDriveVehicleNumber: Numer przekładni głównej pojazdu
OverallGearRatioHighestGear: Przełożenie całkowite na najwyższym biegu
FinalDriveVehicleRatio: Przełożenie przekładni głównej pojazdu
# axles
AxleNumber: Numer osi
TwinWheelsAxleIndicator: Koła bliźniacze
SteeredAxleIndicator: Oś kierowana
PoweredAxleIndicator: Oś napędzana
BrakedAxleIndicator: Oś hamowana
AxleTrack: Rozstaw kół
LiftAxleIndicator: Oś podnoszona
LoadableAxleIndicator: Oś przenosząca obciążenie
DriveAxleAirSuspensionOrEquivalentIndicator: Oś napędowa z zawieszeniem pneumatycznym lub równoważnym
AxleAirSuspensionOrEquivalentIndicator: Zawieszenie pneumatyczne lub równoważne
AxleSpacing: Odległość do następnej osi
DistributionMassRunningOrderAxle: Rozkład masy pojazdu gotowego do jazdy
DistributionMassIncompleteAxle: Rozkład masy pojazdu niekompletnego
MinimalPermissibleDistributionMassCompletedAxle: Najmniejszy dopuszczalny udział masy po skompletowaniu
TechnicallyPermissibleMassAxle: Technicznie dopuszczalna masa na oś
GroundClearanceBetweenAxles: Prześwit między osiami
InServiceMaximumPermissibleLadenMassAxle: Przewidywana maksymalna masa na oś w ruchu
InterconnectionWithPoweredAxleNumber: Połączona z osią
InterconnectionWithPoweredAxleConnection: Rodzaj połączenia
TyreNumber: Numer zestawu
TechnicallyPermissibleMaximumMassAxleTyre: Technicznie dopuszczalna masa na oś z tą oponą
TyreSize: Rozmiar opony
LoadCapacityIndexSingleWheel: Indeks nośności, koło pojedyncze
LoadCapacityIndexTwinWheel: Indeks nośności, koła bliźniacze
SpeedCategorySymbol: Symbol kategorii prędkości
RimSize: Rozmiar obręczy
RimOffSet: Odsadzenie obręczy
TyreTubeType: Dętka
TyreMaximumSpeedIndicator: Oznaczenie prędkości maksymalnej
TyrePlyRatingNumber: Liczba warstw (ply rating)
TyreClassification: Klasyfikacja opony
TyreRollingRadius: Promień toczny
TyreLoadRating: Nośność opony
TyreAxleTrack: Rozstaw kół z tą oponą
RollingResistanceClass: Klasa efektywności energetycznej oporu toczenia
TyreFittedProductionIndicator: Zamontowana fabrycznie
TyreCategory: Kategoria opony do wyznaczania CO₂
RecommendedTyrePressure: Zalecane ciśnienie w oponach
TyreType: Dodatkowy rodzaj opony
TyreAxleCombinationNumber: Zestaw opon i osi, numer
MaximumPermissibleMassTyreAxleCombination: Maksymalna dopuszczalna masa z tym zestawem
MaximumPermissibleVerticalLoadOnCouplingPointTyreCombination: Maksymalne dopuszczalne obciążenie pionowe w punkcie sprzęgu z tym zestawem
MechanicalCouplingNumberOfTyreAxleCouplingPointTyreCombination: Numer sprzęgu
MaximumPermissibleVerticalLoadOnCouplingPointTyreCombinationCoupling: Maksymalne dopuszczalne obciążenie pionowe tego sprzęgu
AxleNumberCombination: Oś w zestawie
TyreNumberCombination: Opona w zestawie
AxleGroupNumber: Numer grupy osi
TechnicallyPermissibleMassAxleGroup: Technicznie dopuszczalna masa na grupę osi
InServiceMaximumPermissibleLadenMassAxleGroup: Przewidywana maksymalna masa na grupę osi w ruchu
InServiceMaximumPermissibleAxleGroupLadenMass: Przewidywana maksymalna masa na grupę osi w ruchu
MemberAxleNumber: Oś w grupie
# body
Colour: Kolor
CodeForBodywork: Kod nadwozia
SpecialPurposeDesignation: Pojazd specjalnego przeznaczenia
OtherBodywork: Inne nadwozie
CodeForBodyworkSupplement: Uzupełnienie kodu nadwozia
VehicleClass: Klasa pojazdu
NumberOfDoorsFront: Drzwi, przód
NumberOfDoorsLeft: Drzwi, lewa strona
NumberOfDoorsRight: Drzwi, prawa strona
NumberOfDoorsBack: Drzwi, tył
# test parameters
WltpEmissionTestMass: Masa próbna
WltpFrontalArea: Powierzchnia czołowa
WltpRoadLoadCoefficientF0: Współczynnik oporu jazdy f₀
WltpRoadLoadCoefficientF1: Współczynnik oporu jazdy f₁
WltpRoadLoadCoefficientF2: Współczynnik oporu jazdy f₂
ProjectedFrontalAreaAirEntranceFrontGrill: Rzutowana powierzchnia czołowa wlotu powietrza osłony chłodnicy
DrivingCycleClass: Klasa cyklu jazdy
DrivingCycleDownscalingFactor: Współczynnik zmniejszenia cyklu jazdy
DrivingCycleCappedSpeedIndicator: Ograniczona prędkość
# couplings
MechanicalCouplingNumber: Numer sprzęgu
MechanicalCouplingLocation: Umiejscowienie
MechanicalCouplingTypeAccordingAppendixEU: Typ sprzęgu zgodnie z aktem UE
MechanicalCouplingMake: Marka sprzęgu
MechanicalCouplingManufacturersTypeDesignation: Oznaczenie typu sprzęgu nadane przez producenta
MechanicalCouplingApprovalMark: Znak homologacji sprzęgu
MechanicalCouplingApprovalNumber: Numer lub znak homologacji sprzęgu
MechanicalCouplingValueD: Wartość charakterystyczna D
MechanicalCouplingValueDc: Wartość charakterystyczna Dc
MechanicalCouplingValueV: Wartość charakterystyczna V
MechanicalCouplingValueS: Wartość charakterystyczna S
MechanicalCouplingValueU: Wartość charakterystyczna U
MechanicalCouplingValueHorizontalLoad: Obciążenie poziome
MechanicalCouplingTechnicallyPermissibleTowableMass: Technicznie dopuszczalna masa ciągnięta sprzęgu
MechanicalCouplingHeightAboveGround: Wysokość sprzęgu nad podłożem
DistanceCentreCouplingDeviceLastAxle: Odległość środka sprzęgu od ostatniej osi
DistanceFrontEndCentreCoupling: Odległość przodu pojazdu od środka sprzęgu
DistanceCentreCouplingRearEnd: Odległość środka sprzęgu od tyłu pojazdu
DistanceCouplingPointFirstAxle: Odległość punktu sprzęgu od pierwszej osi
MechanicalCouplingDistributionMassRunningOrder: Masa pojazdu gotowego do jazdy na sprzęgu
MechanicalCouplingMinimumDistributionMassCompleted: Najmniejsza masa na sprzęgu po skompletowaniu
MechanicalCouplingPartsTypeAccordingAppendixEU: Część: typ zgodnie z aktem UE
MechanicalCouplingPartsMake: Część: marka
MechanicalCouplingPartsManufacturersTypeDesignation: Część: oznaczenie typu nadane przez producenta
MechanicalCouplingPartsApprovalMark: Część: znak homologacji
MechanicalCouplingPartsApprovalNumber: Część: numer homologacji
MechanicalCouplingPartsValueD: Część: wartość charakterystyczna D
MechanicalCouplingPartsValueDc: Część: wartość charakterystyczna Dc
MechanicalCouplingPartsValueV: Część: wartość charakterystyczna V
MechanicalCouplingPartsValueS: Część: wartość charakterystyczna S
MechanicalCouplingPartsValueU: Część: wartość charakterystyczna U
MechanicalCouplingCanBeFittedType: Sprzęg możliwy do zamontowania: typ
MechanicalCouplingCanBeFittedClass: Sprzęg możliwy do zamontowania: klasa
MechanicalCouplingCanBeFittedValueD: Sprzęg możliwy do zamontowania: wartość D
MechanicalCouplingCanBeFittedValueDc: Sprzęg możliwy do zamontowania: wartość Dc
MechanicalCouplingCanBeFittedValueV: Sprzęg możliwy do zamontowania: wartość V
MechanicalCouplingCanBeFittedValueS: Sprzęg możliwy do zamontowania: wartość S
MechanicalCouplingCanBeFittedValueU: Sprzęg możliwy do zamontowania: wartość U
# engine and energy
ManufacturerEnergyConvertor: Producent silnika
EnergyConvertorCodeMarkedOnEnergyConvertor: Kod silnika oznaczony na silniku
EnergyConvertorTypeApprovalNumber: Numer homologacji typu silnika
CategorySubCategoryEnergyConvertor: Kategoria i podkategoria silnika
WorkingPrinciple: Zasada działania
CombustionCycle: Cykl spalania
NumberOfCylinders: Liczba cylindrów
ArrangementCylinders: Układ cylindrów
EngineCapacity: Pojemność silnika
EnergySource: Paliwo lub źródło energii
PowerMassRatio: Stosunek mocy do masy
SmokeCorrectedAbsorptionCoefficient: Zadymienie, skorygowany współczynnik absorpcji
MaximumAcceptableAmountPercentageBiofuel: Najwyższy dopuszczalny udział biopaliwa
SoundLevelExternalRegulation: Zewnętrzny poziom hałasu: akt prawny
SoundLevelStationary: Poziom hałasu, postój
SoundLevelStationaryEngineSpeed: Prędkość obrotowa silnika przy hałasie na postoju
SoundLevelDriveBy: Poziom hałasu, przejazd
SoundLevelLimitValueLUrban: Poziom hałasu: wartość dopuszczalna L urban
SoundLevelDriverPerceivedRegulation: Poziom hałasu odczuwany przez kierowcę: akt prawny
SoundLevelDriverPerceivedOpenCab: Poziom hałasu odczuwany przez kierowcę, kabina otwarta
SoundLevelDriverPerceivedClosedCab: Poziom hałasu odczuwany przez kierowcę, kabina zamknięta
SoundLevelDriverPerceivedTestMethod: Poziom hałasu odczuwany przez kierowcę: metoda badania
MaximumNetPowerCombustion: Maksymalna moc netto, silnik spalinowy
EngineSpeedMaximumNetPower: Prędkość obrotowa przy maksymalnej mocy netto
Maximum15MinutesPower: Maksymalna moc piętnastominutowa
Maximum30MinutesPower: Maksymalna moc trzydziestominutowa
MaximumNetPowerElectric: Maksymalna moc netto, silnik elektryczny
DeclaredRatedNetPower: Deklarowana moc znamionowa netto
TypeI: Badanie typu I
TypeIIHcAtNormalIdleEngineSpeed: Badanie typu II, HC na zwykłym biegu jałowym
TypeIIHcAtHighIdleEngineSpeed: Badanie typu II, HC na podwyższonym biegu jałowym
TypeIICoAtNormalIdleSpeed: Badanie typu II, CO na zwykłym biegu jałowym
TypeIICoAtHighIdleEngineSpeed: Badanie typu II, CO na podwyższonym biegu jałowym
TypeVII: Badanie typu VII
Nrsc: Badanie NRSC
Whsc: Badanie WHSC
Nrtc: Badanie NRTC
Whtc: Badanie WHTC
RdeComplete: Maksymalna emisja w rzeczywistych warunkach jazdy, pełny przejazd
RdeUrban: Maksymalna emisja w rzeczywistych warunkach jazdy, przejazd miejski
WltpType1: Emisja spalin, badanie typu 1
WltpCo2: Emisja CO₂
WltpFuelConsumption: Zużycie paliwa
WltpPureElectricRange: Zasięg przy zasilaniu energią elektryczną
WltpEquivalentAllElectricOffVehicleChargingRange: Równoważny zasięg przy zasilaniu wyłącznie elektrycznym
WltpAllElectricOffVehicleChargingRange: Zasięg przy zasilaniu wyłącznie elektrycznym
WltpEnergyConsumptionPureElectric: Zużycie energii elektrycznej
WltpEnergyConsumptionExternallyCharged: Zużycie energii elektrycznej, doładowanie zewnętrzne
TestFamilyIdentifier: Identyfikator rodziny
TestFamilyIdentifierValue: Identyfikator rodziny
AdditionalEnergySource: Dodatkowe źródło energii
EcoInnovationCountry: Ekoinnowacja: kraj homologacji
GeneralCodeEcoInnovation: Ekoinnowacja: kod ogólny
# heavy duty
CryptographicHashManufacturerRecord: Skrót pliku rejestru producenta
ZeroEmissionHeavyDutyIndicator: Bezemisyjny pojazd ciężki
VocationalVehicleIndicator: Pojazd specjalistyczny
CryptographicHashCustomerInformationFile: Skrót pliku informacji dla klienta
AveragePayload: Średnia ładowność
AverageOccupancy: Średnie obłożenie
VehicleGroup: Grupa pojazdów
VehicleSubgroup: Podgrupa pojazdów
CryptographicHashVehicleFile: Skrót pliku pojazdu
CargoVolume: Objętość ładunkowa
VolumeOrientationIndicator: Przeznaczony do ładunków objętościowych
SpecificCo2EmissionsMass: Jednostkowa emisja CO₂ według masy
SpecificCo2EmissionsPerson: Jednostkowa emisja CO₂ na osobę
EfficiencyRatioKilometer: Wskaźnik efektywności na km
EfficiencyRatioTonKilometer: Wskaźnik efektywności na tonokilometr
EfficiencyRatioM3Kilometer: Wskaźnik efektywności na m³-km
TypeApprovalTransportDangerousGoodsClass: Klasa towarów niebezpiecznych
AdvancedSafetySystem: Zaawansowany system bezpieczeństwa
# tractors and their trailers
TrackTrainCrawlerUndercarriageConfiguration: Podwozie gąsienicowe: konfiguracja
TrackTrainNumberOfBrakedSet: Liczba hamowanych układów gąsienicowych
TrackTrainNumberOfPoweredSet: Liczba napędzanych układów gąsienicowych
TrackTrainSteeringBySpeedSideIndicator: Kierowanie różnicą prędkości stron
TrackTrainSteeringByArticulationCentreAxisIndicator: Kierowanie przegubowe w osi środkowej
TrackTrainSteeringByArticulationCentreAxisDirectionIndicator: Kierowanie przegubowe w osi środkowej, kierunek
TrackTrainSteeringByPivotingOppositeIndicator: Kierowanie przez obrót przeciwległych układów
FallingObjectsProtectiveStructureForestryIndicator: Ochrona przed spadającymi przedmiotami, leśnictwo
FallingObjectsProtectiveStructureNonForestryIndicator: Ochrona przed spadającymi przedmiotami, poza leśnictwem
ProtectionPenetratingObjectsForestryIndicator: Ochrona przed wnikającymi przedmiotami, leśnictwo
ProtectionPenetratingObjectsNonForestryIndicator: Ochrona przed wnikającymi przedmiotami, poza leśnictwem
CabCategory: Kategoria kabiny (substancje niebezpieczne)
DustFilterIndicator: Filtr przeciwpyłowy
AerosolIndicator: Filtr aerozoli
VapourFilterIndicator: Filtr oparów
MachineryMountedIndicator: Zamontowane maszyny
GeneralDescriptionMachinery: Ogólny opis maszyn
TrailerBrakeControlSystemTechnology: Hamulce przyczepy: technologia sterowania
TrailerBrakeTechnologyConnectionsType: Hamulce przyczepy: rodzaj przyłączy
TrailerBrakePressFeedLineBraking: Hamulce przyczepy: ciśnienie w przewodzie zasilającym
BrakingTransmissionPrincipal: Przeniesienie hamowania: zasada
BrakingTransmissionPowerAssist: Przeniesienie hamowania: wspomaganie
BallastSetNumber: Numer zestawu balastu
BallastSetNumberOfComponents: Liczba elementów
DriverSeatTypeCategory: Siedzenie kierowcy: kategoria
DriverSeatTypeCategoryClass: Siedzenie kierowcy: klasa
LoadPlatformHeightAboveGround: Platforma ładunkowa: wysokość nad podłożem
LoadPlatformLength: Platforma ładunkowa: długość
LoadPlatformWidth: Platforma ładunkowa: szerokość
LoadPlatformLoadCapacity: Platforma ładunkowa: ładowność
RollOverProtectiveMake: Ochrona przy przewróceniu: marka
RollOverProtectiveTypeApprovalNumber: Ochrona przy przewróceniu: numer homologacji typu
RollOverProtectiveEquipment: Ochrona przy przewróceniu: wyposażenie
RollOverProtectiveStructure: Ochrona przy przewróceniu: konstrukcja
RollOverProtectiveFoldable: Ochrona przy przewróceniu: składana
RollOverProtectiveFoldingOperation: Ochrona przy przewróceniu: sposób składania
RollOverProtectiveHandOperated: Ochrona przy przewróceniu: obsługa ręczna
RollOverProtectiveLockingMechanism: Ochrona przy przewróceniu: blokada
RollOverProtectivePosition: Ochrona przy przewróceniu: położenie
PowerTakeOffType: Wał odbioru mocy: typ
PowerTakeOffPosition: Wał odbioru mocy: położenie
PowerTakeOffPositionOtherDescription: Wał odbioru mocy: inne położenie
PowerTakeOffRatedSpeedRange: Wał odbioru mocy: prędkość znamionowa lub przełożenie
PowerTakeOffEngineSpeed: Wał odbioru mocy: prędkość obrotowa silnika
PowerTakeOffPower: Wał odbioru mocy: moc
TrackSetNumber: Numer układu gąsienicowego
TrackSetBrakedIndicator: Hamowany układ gąsienicowy
TrackSetPoweredIndicator: Napędzany układ gąsienicowy
TrackTrainSetLength: Gąsienica: długość
TrackTrainSetWidth: Gąsienica: szerokość
TrackTrainSetAverageContactPressureGround: Gąsienica: średni nacisk na podłoże
TrackTrainSetMaximumPermissibleMass: Gąsienica: maksymalna dopuszczalna masa
TrackTrainSetMaximumPermissibleMassVehicle: Gąsienica: maksymalna dopuszczalna masa pojazdu
TrackTrainSetMaximumPermissibleVerticalLoadOnCouplingPoint: Gąsienica: maksymalne obciążenie pionowe w punkcie sprzęgu
TrackTrainSetRollerNumber: Numer rolki
TrackTrainSetRollerMaximumload: Maksymalne obciążenie rolki
MechanicalCouplingNumberOfTrackTrainCouplingPoint: Numer sprzęgu
MaximumPermissibleVerticalLoadOnCouplingPointTrackTrainCoupling: Maksymalne dopuszczalne obciążenie pionowe tego sprzęgu
# the end of the message
ProvisionalApprovalTerritoryCountry: Homologacja tymczasowa ważna w
RemarkSubjectDescription: Rodzaj uwagi
RemarkSubjectLanguage: Język uwagi
Remark: Uwagi
SubjectApprovalCertificateNumber: Numer homologacji układu
# what follows a label whose element has none of its own, behind a comma
~AdjustableMin: regulowane, od
~AdjustableMax: regulowane, do
~VariableMin: od
~VariableMax: do
~Min: od
~Max: do
~Country: kraj
~TrafficRegulation: przepis ruchu drogowego
~Low: niska
~Medium: średnia
~High: wysoka
~ExtraHigh: bardzo wysoka
~Combined: cykl mieszany
~WeightedCombined: ważone, cykl mieszany
~ChargeSustaining: tryb ładowania podtrzymującego
~ChargeDepleting: tryb rozładowania
~City: miasto
~Exponent: wykładnik (potęga dziesięciu)
~Co: =
~Thc: =
~Hc: =
~Nox: =
~Nmhc: =
~ThcNox: =
~HcNox: =
~Nh3: =
~Ch4: =
~Co2: =
~Particulates: cząstki stałe
~NumberOfParticles: liczba cząstek stałych
~FuelConsumption: zużycie paliwa
~EnergyConsumption: zużycie energii
~ElectricRange: zasięg elektryczny
~TestCycle: cykl badania
# names of groups, before their number
group.AxleGroup: Oś
group.TyreAxleGroup: Opona/koło
group.AxleGroupGroup: Grupa osi
group.ManufacturerGroup: Etap
group.EnergyConvertorGroup: Silnik
group.MechanicalCouplingGroup: Sprzęg
group.GearRatioGroup: Bieg
group: Nr
# sections
section.general: Dane ogólne
section.approval: Homologacja typu
section.signature: Podpis
section.message: Komunikat
section.construction: Ogólne cechy konstrukcyjne
section.dimensions: Główne wymiary
section.masses: Masy
section.power: Jednostka napędowa
section.speed: Prędkość maksymalna
section.axles: Osie i zawieszenie
section.bodywork: Nadwozie
section.coupling: Urządzenie sprzęgające
section.environment: Efekty działania na środowisko
section.miscellaneous: Pozostałe dane
section.further: Dalsze dane
# the frame
title: Świadectwo zgodności pojazdu
reading-copy: Kopia do odczytu
duplicate: Duplikat
draft: Projekt
draft-notice: Bez pieczęci: ta strona pokazuje, zanim świadectwo zostanie wystawione, co by zawierało. Nie jest świadectwem.
notice: Ta strona pokazuje treść elektronicznego świadectwa zgodności. Świadectwem jest opieczętowany komunikat XML; strona ta niczego nie dowodzi i go nie zastępuje. Znaczenia obok kodów są pomocą w odczycie.
seal: Opieczętowane przez (według komunikatu)
digest: SHA-256 komunikatu XML
unsealed: Ten komunikat nie ma pieczęci: nie jest świadectwem.
page: Strona
empty: nie podano
unit.liquid: =
unit.hydrogen: =
unit.gas: m³ lub kg/100 km
unit.fuel: l, m³ lub kg/100 km
yes: tak
no: nie
# vehicle categories: what a code begins with, and its supplements
category.M1: samochód osobowy
category.M2: autobus do 5 t
category.M3: autobus powyżej 5 t
category.N1: pojazd ciężarowy do 3,5 t
category.N2: pojazd ciężarowy powyżej 3,5 t do 12 t
category.N3: pojazd ciężarowy powyżej 12 t
category.O1: przyczepa do 0,75 t
category.O2: przyczepa powyżej 0,75 t do 3,5 t
category.O3: przyczepa powyżej 3,5 t do 10 t
category.O4: przyczepa powyżej 10 t
category.L1e: lekki pojazd dwukołowy
category.L2e: motorower trójkołowy
category.L3e: motocykl
category.L4e: motocykl z wózkiem bocznym
category.L5e: trójkołowiec
category.L6e: lekki czterokołowiec
category.L7e: ciężki czterokołowiec
category.T: ciągnik kołowy
category.C: ciągnik gąsienicowy
category.R: przyczepa rolnicza lub leśna
category.S: wymienne urządzenie ciągnięte
category.+G: terenowy
category.+S: specjalnego przeznaczenia
# codes whose meaning is sure (docs/page.md says of which it isn't)
TypeApprovalTypeCode:EU: homologacja typu UE
TypeApprovalTypeCode:ESS: mała seria UE
TypeApprovalTypeCode:NSS: krajowa mała seria
StageOfCompletionCode:C: kompletny
StageOfCompletionCode:I: niekompletny
StageOfCompletionCode:V: skompletowany
EnergySourceCode:10: benzyna
EnergySourceCode:11: benzyna E5
EnergySourceCode:12: benzyna E10
EnergySourceCode:15: etanol
EnergySourceCode:16: etanol E85
EnergySourceCode:19: mieszanka
EnergySourceCode:20: olej napędowy
EnergySourceCode:21: =
EnergySourceCode:22: =
EnergySourceCode:30: =
EnergySourceCode:40: =
EnergySourceCode:44: biometan
EnergySourceCode:50: wodór
EnergySourceCode:55: =
EnergySourceCode:60: =
EnergySourceCode:90: inne
EnergySourceCode:91: sprężone powietrze
EnergySourceCode:95: energia elektryczna
WorkingPrincipleCode:CMPRA: sprężone powietrze
WorkingPrincipleCode:EXTCI: spalanie zewnętrzne, zapłon samoczynny
WorkingPrincipleCode:EXTPI: spalanie zewnętrzne, zapłon iskrowy
WorkingPrincipleCode:INTCI: spalanie wewnętrzne, zapłon samoczynny
WorkingPrincipleCode:INTPI: spalanie wewnętrzne, zapłon iskrowy
WorkingPrincipleCode:TRBNE: turbina
WorkingPrincipleCode:ELECT: elektryczny
CombustionCycleCode:2ST: dwusuwowy
CombustionCycleCode:4ST: czterosuwowy
CombustionCycleCode:ROT: z tłokiem obrotowym
CombustionCycleCode:OTH: inny
LocationMarkingsSubjectCode:VIN: numer identyfikacyjny
LocationMarkingsSubjectCode:STAT: tabliczka znamionowa
LocationMarkingsVehiclePartCode:ENGCT: komora silnika
LocationMarkingsVehiclePartCode:PASCT: kabina pasażerska
LocationMarkingsVehiclePartCode:LUGCT: bagażnik
LocationMarkingsVehiclePartCode:INSPL: tablica przyrządów
LocationMarkingsVehiclePartCode:DRAWB: dyszel
LocationMarkingsVehiclePartCode:CHASS: podwozie
LocationMarkingsVehiclePartCode:APILR: słupek A
LocationMarkingsVehiclePartCode:BPILR: słupek B
LocationMarkingsVehiclePartCode:CPILR: słupek C
LocationMarkingsVehiclePartCode:DPILR: słupek D
LocationMarkingsVehiclePartSideCode:FRONTSIDE: strona przednia
LocationMarkingsVehiclePartSideCode:LEFTSIDE: strona lewa
LocationMarkingsVehiclePartSideCode:RIGHTSIDE: strona prawa
LocationMarkingsVehiclePartSideCode:BACKSIDE: strona tylna
LocationMarkingsVehiclePartSideSectionCode:BACK: tył
LocationMarkingsVehiclePartSideSectionCode:FRONT: przód
LocationMarkingsVehiclePartSideSectionCode:LEFT: lewa
LocationMarkingsVehiclePartSideSectionCode:MIDDLE: środek
LocationMarkingsVehiclePartSideSectionCode:RIGHT: prawa
ClassHybridVehicleCode:OVC-HEV: hybrydowy pojazd elektryczny doładowywany zewnętrznie
ClassHybridVehicleCode:NOVC-HEV: hybrydowy pojazd elektryczny niedoładowywany zewnętrznie
ClassHybridVehicleCode:OVC-FCHV: hybrydowy pojazd z ogniwami paliwowymi doładowywany zewnętrznie
ClassHybridVehicleCode:NOVC-FCHV: hybrydowy pojazd z ogniwami paliwowymi niedoładowywany zewnętrznie
CategoryHybridElectricVehicleCode:OVC: doładowywany zewnętrznie
CategoryHybridElectricVehicleCode:NOVC: niedoładowywany zewnętrznie
ElectricVehicleConfigurationCode:PUREE: wyłącznie elektryczny
RemarkSubjectDescriptionCode:RMRKS: uwagi
RemarkSubjectDescriptionCode:ADINF: informacje dodatkowe
RemarkSubjectDescriptionCode:EXEMP: wyłączenia
RemarkSubjectDescriptionCode:COMTS: komentarze
ColourCode:1: biały
ColourCode:2: żółty
ColourCode:3: pomarańczowy
ColourCode:4: czerwony
ColourCode:5: fioletowy
ColourCode:6: niebieski
ColourCode:7: zielony
ColourCode:8: szary
ColourCode:9: brązowy
ColourCode:10: czarny
BodyworkCode:AA: sedan
BodyworkCode:AB: =
BodyworkCode:AC: kombi
BodyworkCode:AD: =
BodyworkCode:AE: kabriolet
BodyworkCode:AF: pojazd wielozadaniowy
BodyworkCode:AG: furgonetka osobowo-towarowa
BodyworkCode:BA: samochód ciężarowy
BodyworkCode:BB: furgon
BodyworkCode:BC: ciągnik siodłowy
BodyworkCode:BD: ciągnik drogowy
BodyworkCode:BE: pick-up
BodyworkCode:BX: podwozie z kabiną lub osłoną
BodyworkCode:DA: naczepa
BodyworkCode:DB: przyczepa z wózkiem skrętnym
BodyworkCode:DC: przyczepa z osią centralną
BodyworkCode:DE: przyczepa ze sztywnym dyszlem
BodyworkCode:DF: naczepa łącząca
BodyworkCode:DG: przyczepa łącząca
BodyworkTypeTrailerCode:DA: naczepa
BodyworkTypeTrailerCode:DB: przyczepa z wózkiem skrętnym
BodyworkTypeTrailerCode:DC: przyczepa z osią centralną
BodyworkTypeTrailerCode:DE: przyczepa ze sztywnym dyszlem
SpecialPurposeDesignationCode:SA: samochód kempingowy
SpecialPurposeDesignationCode:SB: pojazd opancerzony
SpecialPurposeDesignationCode:SC: ambulans
SpecialPurposeDesignationCode:SD: karawan pogrzebowy
SpecialPurposeDesignationCode:SE: przyczepa kempingowa
SpecialPurposeDesignationCode:SF: żuraw samojezdny
SpecialPurposeDesignationCode:SG: grupa specjalna
SpecialPurposeDesignationCode:SH: pojazd przystosowany do wózków inwalidzkich
SpecialPurposeDesignationCode:SJ: wózek typu dolly
SpecialPurposeDesignationCode:SK: przyczepa do przewozu ładunków ponadnormatywnych
AutomatedVehicleCode:NONAT: niezautomatyzowany
AutomatedVehicleCode:AUTOM: zautomatyzowany
AutomatedVehicleCode:FULAT: w pełni zautomatyzowany
RightLeftHandTrafficCode:LEFT: lewostronny
RightLeftHandTrafficCode:RIGHT: prawostronny
RightLeftHandTrafficCode:BOTH: oba
MetricImperialSpeedometerCode:M: metryczne
MetricImperialSpeedometerCode:I: brytyjskie
MetricImperialSpeedometerCode:B: oba
MetricImperialOdometerCode:M: metryczne
MetricImperialOdometerCode:I: brytyjskie
MetricImperialOdometerCode:B: oba
BrakedTypeTrailCode:BRK: z hamulcem
BrakedTypeTrailCode:UNB: bez hamulca
TyreTubeTypeCode:TUBLS: bezdętkowa
TyreTubeTypeCode:TUBTP: dętkowa
TestFamilyIdentifierCode:IP: interpolacja
TestFamilyIdentifierCode:ATCT: korekta temperatury otoczenia
TestFamilyIdentifierCode:PEMS: przenośny pomiar emisji
TestFamilyIdentifierCode:RL: obciążenie drogowe
TestFamilyIdentifierCode:RM: macierz obciążenia drogowego
TestFamilyIdentifierCode:PR: okresowa regeneracja
TestFamilyIdentifierCode:EV: emisja par
AerodynamicDeviceEquippedCode:BOTH: przód i tył
AerodynamicDeviceEquippedCode:FRONT: przód
AerodynamicDeviceEquippedCode:NONE: brak
AerodynamicDeviceEquippedCode:REAR: tył
MechanicalCouplingLocationCode:FRONT: przód
MechanicalCouplingLocationCode:REAR: tył
FuelTypeCode:M: jednopaliwowy
FuelTypeCode:B: dwupaliwowy (bi-fuel)
FuelTypeCode:F: wielopaliwowy
FuelTypeCode:D: dwupaliwowy (dual-fuel)
GearboxTypeCode:A: automatyczna
GearboxTypeCode:M: ręczna
GearboxTypeCode:C: bezstopniowa
ArrangementCylindersCode:LI: rzędowy
ArrangementCylindersCode:V: widlasty
ArrangementCylindersCode:W: układ W
ArrangementCylindersCode:O: przeciwległy
ArrangementCylindersCode:S: jednocylindrowy
ElectricVehicleConfigurationCode:HYBRE: hybrydowy elektryczny
ElectricVehicleConfigurationCode:MNPWE: siła mięśni i elektryczny
SpecialPurposeDesignationCode:SL: pojazd do przewozu ładunków ponadnormatywnych
SpecialPurposeDesignationCode:SM: nośnik wielu urządzeń
BodyworkCode:CA: jednopokładowy
BodyworkCode:CB: dwupokładowy
BodyworkCode:CC: jednopokładowy przegubowy
BodyworkCode:CD: dwupokładowy przegubowy
BodyworkCode:CE: jednopokładowy niskopodłogowy
BodyworkCode:CF: dwupokładowy niskopodłogowy
BodyworkCode:CG: jednopokładowy przegubowy niskopodłogowy
BodyworkCode:CH: dwupokładowy przegubowy niskopodłogowy
BodyworkCode:CI: jednopokładowy bez dachu
BodyworkCode:CJ: dwupokładowy bez dachu
BodyworkCode:CX: podwozie autobusu
CodeForBodyworkSupplementCode:01: platforma
CodeForBodyworkSupplementCode:02: burty opuszczane
CodeForBodyworkSupplementCode:03: nadwozie skrzyniowe
CodeForBodyworkSupplementCode:04: nadwozie izotermiczne z agregatem
CodeForBodyworkSupplementCode:05: nadwozie izotermiczne bez agregatu
CodeForBodyworkSupplementCode:06: zasłony boczne
CodeForBodyworkSupplementCode:07: nadwozie wymienne
CodeForBodyworkSupplementCode:08: do przewozu kontenerów
CodeForBodyworkSupplementCode:09: urządzenie hakowe
CodeForBodyworkSupplementCode:10: wywrotka
CodeForBodyworkSupplementCode:11: cysterna
CodeForBodyworkSupplementCode:12: cysterna do materiałów niebezpiecznych
CodeForBodyworkSupplementCode:13: do przewozu zwierząt
CodeForBodyworkSupplementCode:14: do przewozu pojazdów
CodeForBodyworkSupplementCode:15: betonomieszarka
CodeForBodyworkSupplementCode:16: pompa do betonu
CodeForBodyworkSupplementCode:17: do przewozu drewna
CodeForBodyworkSupplementCode:18: śmieciarka
CodeForBodyworkSupplementCode:19: zamiatarka, czyszczenie ulic lub kanałów
CodeForBodyworkSupplementCode:20: sprężarka
CodeForBodyworkSupplementCode:21: do przewozu łodzi
CodeForBodyworkSupplementCode:22: do przewozu szybowców
CodeForBodyworkSupplementCode:23: sprzedaż lub wystawa
CodeForBodyworkSupplementCode:24: pomoc drogowa
CodeForBodyworkSupplementCode:25: drabina
CodeForBodyworkSupplementCode:26: z żurawiem
CodeForBodyworkSupplementCode:27: podnośnik koszowy
CodeForBodyworkSupplementCode:28: wiertnica z wysięgnikiem
CodeForBodyworkSupplementCode:29: przyczepa niskopodwoziowa
CodeForBodyworkSupplementCode:30: do przewozu szkła
CodeForBodyworkSupplementCode:31: pojazd pożarniczy
CodeForBodyworkSupplementCode:32: burty z plandeką
CodeForBodyworkSupplementCode:99: nadwozie nieujęte w wykazie
BrakedTypeTrailCode:HDB: hamulec hydrauliczny
BrakedTypeTrailCode:INB: hamulec najazdowy
BrakedTypeTrailCode:PNB: hamulec pneumatyczny
AdvancedBrakingSystemCode:ABS: przeciwblokujący
AdvancedBrakingSystemCode:CBS: zespolony
AdvancedBrakingSystemCode:ACB: przeciwblokujący i zespolony
AdvancedBrakingSystemCode:NON: brak
AdvancedSafetySystemCode:AEBS: zaawansowane hamowanie awaryjne
AdvancedSafetySystemCode:ELKS: awaryjne utrzymywanie pasa ruchu
AdvancedSafetySystemCode:ISA: inteligentny asystent prędkości
AdvancedSafetySystemCode:DDAW: ostrzeganie o senności i braku uwagi
AdvancedSafetySystemCode:ADDW: zaawansowane ostrzeganie o rozproszeniu uwagi
AdvancedSafetySystemCode:EDR: rejestrator danych na temat zdarzeń
AdvancedSafetySystemCode:AIF: ułatwienie montażu blokady alkoholowej
AdvancedSafetySystemCode:ESS: sygnał hamowania awaryjnego
AdvancedSafetySystemCode:TPMS: monitorowanie ciśnienia w oponach
AdvancedSafetySystemCode:DAM: monitorowanie dostępności kierowcy
AdvancedSafetySystemCode:ADS: zautomatyzowany system jazdy
AdvancedSafetySystemCode:eCall: automatyczne wezwanie pomocy
AdvancedSafetySystemCode:BSIS: informowanie o martwym polu
AdvancedSafetySystemCode:LDWS: ostrzeganie o zjeździe z pasa
TyreTypeCode:HL: podwyższona nośność
TyreTypeCode:MS: błoto i śnieg
TyreTypeCode:REINF: wzmocniona
OptionalCode:O: opcjonalne
SeatingPositionConfigurationCode:SEA: siedzenie
SeatingPositionConfigurationCode:SAD: siodełko
PowerTakeOffTypeCode:MNPTO: główny wał odbioru mocy
PowerTakeOffTypeCode:SCPTO: dodatkowy wał odbioru mocy
RollOverProtectiveEquipmentCode:STD: seryjne
RollOverProtectiveEquipmentCode:OPT: opcjonalne
RollOverProtectiveStructureCode:CAB: kabina
RollOverProtectiveStructureCode:FRA: rama
RollOverProtectiveStructureCode:ROL: pałąk
RollOverProtectiveFoldableCode:FOLDA: składana
RollOverProtectiveFoldableCode:NFOLD: nieskładana
TrailerBrakeTechnologyConnectionsTypeCode:1LINE: jednoprzewodowe
TrailerBrakeTechnologyConnectionsTypeCode:2LINE: dwuprzewodowe
BrakingTransmissionPrincipalCode:HYDST: hydrostatyczny
# codes that are the same word in every type
code.FRONT: przód
code.REAR: tył
code.BOTH: oba
code.NONE: brak
code.OTHER: inne
code.MANUL: ręczny
code.AUTOM: automatyczny
code.MECHA: mechaniczny
code.PNEU: pneumatyczny
code.HYDRL: hydrauliczny
code.ELECT: elektryczny
code.INERT: najazdowy
# countries, for the e-numbers of approval authorities, ISO and Vienna codes
country.AT: =
country.BE: Belgia
country.BG: Bułgaria
country.CH: Szwajcaria
country.CY: Cypr
country.CZ: Czechy
country.DE: Niemcy
country.DK: Dania
country.EE: =
country.ES: Hiszpania
country.FI: Finlandia
country.FR: Francja
country.GR: Grecja
country.HR: Chorwacja
country.HU: Węgry
country.IE: Irlandia
country.IS: Islandia
country.IT: Włochy
country.LI: =
country.LT: Litwa
country.LU: Luksemburg
country.LV: Łotwa
country.MT: =
country.NL: Niderlandy
country.NO: Norwegia
country.PL: Polska
country.PT: Portugalia
country.RO: Rumunia
country.SE: Szwecja
country.SI: Słowenia
country.SK: Słowacja
country.UK: Zjednoczone Królestwo
