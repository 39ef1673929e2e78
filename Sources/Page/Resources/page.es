# header
IviReferenceId: Identificador de referencia del mensaje
IviVersionNumberXsd: Versión del formato del mensaje
IviVersionNumber: Versión del certificado
IviVersionDateTime: Fecha y hora de esta versión
IntendedCountryRegistration: País de matriculación previsto
DesignatedTypeApprovalCountry: País de la autoridad de homologación
# general
VehicleIdentificationNumber: Número de identificación del vehículo
TypeApprovalType: Clase de homologación
ProvisionalTypeApprovalIndicator: Homologación provisional
StageOfCompletion: Fase de fabricación
ProductionYearSmallSeries: Año de producción (serie corta)
ProductionSequentialNumberSmallSeries: Número secuencial de producción (serie corta)
Type: Tipo
Variant: Variante
Version: Versión
VehicleCategory: Categoría del vehículo
LocationStatutoryPlate23Wheel: Emplazamiento de la placa reglamentaria (dos o tres ruedas)
MethodAttachmentStatutoryPlate: Método de fijación de la placa reglamentaria
LocationVin23Wheel: Emplazamiento del número de identificación (dos o tres ruedas)
DateManufactureVehicle: Fecha de fabricación
CompletedAltered: Completado o modificado
DescriptionCompletedAltered: Descripción de la compleción o modificación
TypeApprovalNumber: Número de homologación con extensión
TypeApprovalIssueDate: Homologación concedida el
ConvertingPerformanceIndicator: Prestaciones convertibles
RightLeftHandTraffic: Para circulación por la derecha o por la izquierda
MetricImperialSpeedometer: Unidades del velocímetro
MetricImperialOdometer: Unidades del cuentakilómetros
MaximumSpeed: Velocidad máxima
DeclaredMaximumSpeedForward: Velocidad máxima declarada, marcha adelante
DeclaredMaximumSpeedRearward: Velocidad máxima declarada, marcha atrás
MaximumAssistanceFactor: Factor máximo de asistencia
MaximumAssistanceSpeed: Velocidad máxima de asistencia
TypeApprovalTransportDangerousGoodsIndicator: Homologado para mercancías peligrosas
EcoInnovationsFittedIndicator: Equipado con ecoinnovaciones
CategoryHybridElectricVehicle: Clase de vehículo eléctrico híbrido (dos o tres ruedas)
ThreePointLiftingMechanism: Elevador de tres puntos
AdditionalCouplingPoints: Puntos de enganche adicionales
ElectronicBrakingSystem: Sistema de frenado electrónico
ElectricalControlLineIndicator: Línea de mando eléctrica
Iso7638ConnectorIndicator: Conector ISO 7638
DescriptionServiceAndMaintenance: Descripción del servicio y mantenimiento
VehicleCertified155Indicator: Certificado según el Reglamento n.º 155 de las Naciones Unidas (ciberseguridad)
VehicleCertified156Indicator: Certificado según el Reglamento n.º 156 de las Naciones Unidas (actualizaciones de software)
ConsolidatedMaximum30MinutesPower: Potencia máxima durante 30 minutos, todos los motores eléctricos
ConsolidatedMaximumNetPowerElectric: Potencia neta máxima, todos los motores eléctricos
PureElectricVehicleIndicator: Vehículo eléctrico puro
ExhaustEmissionLevel: Nivel de emisiones de escape
ExhaustEmissionLatestRegulationNumber: Emisiones de escape: último acto aplicable
WltpTotalCo2EmissionSavedDueEcoInnovation: Reducción total de CO₂ por ecoinnovaciones
ManufacturerHybridApplication: Fabricante de la aplicación híbrida
HybridApplicationCode: Código de la aplicación híbrida
ClassHybridVehicle: Clase de vehículo híbrido
FuelType: Monocombustible, bicombustible, flexifuel o combustible dual
SubFuelType: Subtipo de combustible
FuellingArrangement: Configuración de alimentación de combustible
DualFuelType: Tipo de combustible dual
ElectricVehicleConfiguration: Configuración del vehículo eléctrico
SignerName: Nombre del firmante
SignerPosition: Cargo del firmante
SignatureLocation: Lugar de la firma
SignatureDate: Fecha de la firma
Make: Marca (nombre comercial del fabricante)
CommercialName: Denominación comercial
AllowedActualMass: Fases posteriores: masa real permitida
AllowedTechnicallyPermissibleMaximumLadenMass: Fases posteriores: masa máxima en carga técnicamente admisible permitida
AllowedFrontalArea: Fases posteriores: área frontal permitida
AllowedRollingResistance: Fases posteriores: resistencia a la rodadura permitida
AllowedCrossSectionalAreaAirFrontGrill: Fases posteriores: sección permitida de la entrada de aire de la rejilla delantera
ManufacturerStageNumber: Número de fase
ManufacturerName: Fabricante: nombre
ManufacturerAddressLine1: Fabricante: dirección
ManufacturerAddressLine2: Fabricante: dirección, segunda línea
ManufacturerAddressLine3: Fabricante: dirección, tercera línea
ManufacturerPlaceOfResidence: Fabricante: localidad
ManufacturerCountryOfResidence: Fabricante: país
PreviousStageTypeApprovalNumber: Fase anterior: número de homologación
PreviousStageType: Fase anterior: tipo
PreviousStageVariant: Fase anterior: variante
PreviousStageVersion: Fase anterior: versión
EURepresentativeName: Representante del fabricante: nombre
EURepresentativeAddressLine1: Representante del fabricante: dirección
EURepresentativeAddressLine2: Representante del fabricante: dirección, segunda línea
EURepresentativeAddressLine3: Representante del fabricante: dirección, tercera línea
EURepresentativePlaceOfResidence: Representante del fabricante: localidad
EURepresentativeCountryOfResidence: Representante del fabricante: país
LocationMarkingsSubject: Marcado
LocationMarkingsVehiclePart: Parte del vehículo
LocationMarkingsVehiclePartSide: Lado
LocationMarkingsVehiclePartSideSection: Sección
# construction
NumberOfAxles: Número de ejes
NumberOfWheels: Número de ruedas
NumberOfAxlesWithTwinWheels: Número de ejes con ruedas gemelas
NumberOfSteeredAxles: Número de ejes de dirección
NumberOfPoweredAxles: Número de ejes motores
NumberOfBrakedAxles: Número de ejes con freno
NumberOfDoors: Número de puertas
AutomatedVehicle: Automatización
NumberOfSeatingPositionsIncludingDriver: Plazas de asiento, incluida la del conductor
NumberOfSeatingPositionsExcludingDriver: Plazas de asiento, excluida la del conductor
NumberOfSeatsStationaryUseOnly: Asientos solo para uso con el vehículo parado
NumberOfSeatingPositionsLowerDeck: Plazas de asiento, piso inferior
NumberOfSeatingPositionsUpperDeck: Plazas de asiento, piso superior
NumberOfWheelchairUserAccessiblePositions: Plazas accesibles para sillas de ruedas
NumberOfStandingPlaces: Plazas de pie
SeatingPositionConfiguration: Configuración de las plazas de asiento
ReversibleDrivingPositionIndicator: Puesto de conducción reversible
LocationArrangementSeats: Emplazamiento y disposición de los asientos
SteeringCategory: Categoría de dirección
NumberOfSetsBallastMasses: Juegos de masas de lastre
AdvancedBrakingSystem: Sistema de frenado avanzado
# dimensions
Wheelbase: Distancia entre ejes
WheelBaseSideCar: Distancia entre ejes del sidecar
WheelBaseGroundRatio: Relación entre la batalla y la altura libre sobre el suelo
Length: Longitud
Width: Anchura
Height: Altura
SeatingHeight: Altura del asiento
RearOverhang: Voladizo trasero
MaximumPermissibleRearOverhang: Voladizo trasero máximo admisible
MaximumPermissibleLength: Longitud máxima admisible
MaximumPermissibleWidth: Anchura máxima admisible
MaximumPermissibleHeight: Altura máxima admisible
LengthLoadingArea: Longitud de la zona de carga
ElongatedCabIndicator: Cabina alargada
AerodynamicDeviceEquipped: Dispositivos aerodinámicos
MaximumAuthorisedDimensionsDerogationIndicator: Excepción a las dimensiones máximas autorizadas
# masses
MassInRunningOrder: Masa en orden de marcha
ActualMass: Masa real
MassInRunningOrderIncomplete: Masa en orden de marcha del vehículo incompleto
TechnicallyPermissibleMaximumLadenMass: Masa máxima en carga técnicamente admisible
MinimumMassCompleted: Masa mínima una vez completado
AdditionalMassAlternativePropulsion: Masa adicional para la propulsión alternativa
AdditionalMassDueToBatteries: Masa adicional debida a las baterías
BallastMassTotal: Masa total de lastre
ThreePointLiftingMechanismMaximumTowableMass: Elevador de tres puntos: masa remolcable máxima
MechanicalCouplingNumberVerticalMass: Número del enganche
TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint: Masa estática vertical máxima técnicamente admisible en el punto de acoplamiento
MechanicalCouplingNumberTowingMasses: Número del enganche
BrakedTypeTrail: Frenado del remolque
BodyworkTypeTrailer: Clase de remolque
TechnicallyPermissibleMaximumCombinationMass: Masa máxima técnicamente admisible del conjunto
TechnicallyPermissibleMaximumTowableMass: Masa remolcable máxima técnicamente admisible
InServiceMaximumPermissibleMass: Masa máxima en circulación prevista
InServiceMaximumPermissibleLadenMass: Masa máxima en carga en circulación prevista
InServiceMaximumPermissibleMassCombination: Masa máxima del conjunto en circulación prevista
GearboxType: Caja de cambios (tipo)
GearNumber: Marcha
GearRatio: Relación de transmisión
FinalDriveNumber: Número de la transmisión final
FinalDriveRatio: Relación de transmisión final
FinalDriveVehicleNumber: Número de la transmisión final del vehículo
OverallGearRatioHighestGear: Relación total en la marcha más larga
FinalDriveVehicleRatio: Relación de transmisión final del vehículo
# axles
AxleNumber: Número del eje
TwinWheelsAxleIndicator: Ruedas gemelas
SteeredAxleIndicator: Eje de dirección
PoweredAxleIndicator: Eje motor
BrakedAxleIndicator: Eje con freno
AxleTrack: Vía
LiftAxleIndicator: Eje elevable
LoadableAxleIndicator: Eje descargable
DriveAxleAirSuspensionOrEquivalentIndicator: Eje motor con suspensión neumática o equivalente
AxleAirSuspensionOrEquivalentIndicator: Suspensión neumática o equivalente
AxleSpacing: Separación hasta el eje siguiente
DistributionMassRunningOrderAxle: Distribución de la masa en orden de marcha
DistributionMassIncompleteAxle: Distribución de la masa del vehículo incompleto
MinimalPermissibleDistributionMassCompletedAxle: Reparto mínimo admisible de la masa una vez completado
TechnicallyPermissibleMassAxle: Masa técnicamente admisible sobre el eje
GroundClearanceBetweenAxles: Altura libre sobre el suelo entre ejes
InServiceMaximumPermissibleLadenMassAxle: Masa máxima sobre el eje en circulación prevista
InterconnectionWithPoweredAxleNumber: Interconectado con el eje
InterconnectionWithPoweredAxleConnection: Tipo de interconexión
TyreNumber: Número de la combinación
TechnicallyPermissibleMaximumMassAxleTyre: Masa técnicamente admisible sobre el eje con este neumático
TyreSize: Dimensión del neumático
LoadCapacityIndexSingleWheel: Índice de capacidad de carga, rueda simple
LoadCapacityIndexTwinWheel: Índice de capacidad de carga, ruedas gemelas
SpeedCategorySymbol: Símbolo de la categoría de velocidad
RimSize: Dimensión de la llanta
RimOffSet: Bombeo de la llanta
TyreTubeType: Cámara de aire
TyreMaximumSpeedIndicator: Indicación de velocidad máxima
TyrePlyRatingNumber: Índice de resistencia (ply rating)
TyreClassification: Clasificación del neumático
TyreRollingRadius: Radio de rodadura
TyreLoadRating: Capacidad de carga del neumático
TyreAxleTrack: Vía con este neumático
RollingResistanceClass: Clase de eficiencia energética de la resistencia a la rodadura
TyreFittedProductionIndicator: Montado en producción
TyreCategory: Categoría del neumático para la determinación del CO₂
RecommendedTyrePressure: Presión de inflado recomendada
TyreType: Otro tipo de neumático
TyreAxleCombinationNumber: Combinación de neumáticos y ejes, número
MaximumPermissibleMassTyreAxleCombination: Masa máxima admisible con esta combinación
MaximumPermissibleVerticalLoadOnCouplingPointTyreCombination: Carga vertical máxima admisible en el punto de acoplamiento con esta combinación
MechanicalCouplingNumberOfTyreAxleCouplingPointTyreCombination: Número del enganche
MaximumPermissibleVerticalLoadOnCouplingPointTyreCombinationCoupling: Carga vertical máxima admisible en este enganche
AxleNumberCombination: Eje de la combinación
TyreNumberCombination: Neumático de la combinación
AxleGroupNumber: Número del grupo de ejes
TechnicallyPermissibleMassAxleGroup: Masa técnicamente admisible sobre el grupo de ejes
InServiceMaximumPermissibleLadenMassAxleGroup: Masa máxima sobre el grupo de ejes en circulación prevista
InServiceMaximumPermissibleAxleGroupLadenMass: Masa máxima sobre el grupo de ejes en circulación prevista
MemberAxleNumber: Eje del grupo
# body
Colour: Color
CodeForBodywork: Código de la carrocería
SpecialPurposeDesignation: Vehículo especial
OtherBodywork: Otra carrocería
CodeForBodyworkSupplement: Suplemento del código de carrocería
VehicleClass: Clase del vehículo
NumberOfDoorsFront: Puertas, delanteras
NumberOfDoorsLeft: Puertas, izquierda
NumberOfDoorsRight: Puertas, derecha
NumberOfDoorsBack: Puertas, traseras
# test parameters
WltpEmissionTestMass: Masa de ensayo
WltpFrontalArea: Área frontal
WltpRoadLoadCoefficientF0: Coeficiente de resistencia al avance f₀
WltpRoadLoadCoefficientF1: Coeficiente de resistencia al avance f₁
WltpRoadLoadCoefficientF2: Coeficiente de resistencia al avance f₂
ProjectedFrontalAreaAirEntranceFrontGrill: Área frontal proyectada de la entrada de aire de la rejilla delantera
DrivingCycleClass: Clase del ciclo de conducción
DrivingCycleDownscalingFactor: Factor de reducción del ciclo de conducción
DrivingCycleCappedSpeedIndicator: Velocidad limitada
# couplings
MechanicalCouplingNumber: Número del enganche
MechanicalCouplingLocation: Emplazamiento
MechanicalCouplingTypeAccordingAppendixEU: Tipo de enganche según el acto de la UE
MechanicalCouplingMake: Marca del enganche
MechanicalCouplingManufacturersTypeDesignation: Designación de tipo del enganche por el fabricante
MechanicalCouplingApprovalMark: Marca de homologación del enganche
MechanicalCouplingApprovalNumber: Número o marca de homologación del enganche
MechanicalCouplingValueD: Valor característico D
MechanicalCouplingValueDc: Valor característico Dc
MechanicalCouplingValueV: Valor característico V
MechanicalCouplingValueS: Valor característico S
MechanicalCouplingValueU: Valor característico U
MechanicalCouplingValueHorizontalLoad: Carga horizontal
MechanicalCouplingTechnicallyPermissibleTowableMass: Masa remolcable técnicamente admisible del enganche
MechanicalCouplingHeightAboveGround: Altura del enganche sobre el suelo
DistanceCentreCouplingDeviceLastAxle: Distancia del centro del enganche al último eje
DistanceFrontEndCentreCoupling: Distancia del extremo delantero al centro del enganche
DistanceCentreCouplingRearEnd: Distancia del centro del enganche al extremo trasero
DistanceCouplingPointFirstAxle: Distancia del punto de acoplamiento al primer eje
MechanicalCouplingDistributionMassRunningOrder: Masa en orden de marcha sobre el enganche
MechanicalCouplingMinimumDistributionMassCompleted: Masa mínima sobre el enganche una vez completado
MechanicalCouplingPartsTypeAccordingAppendixEU: Pieza: tipo según el acto de la UE
MechanicalCouplingPartsMake: Pieza: marca
MechanicalCouplingPartsManufacturersTypeDesignation: Pieza: designación de tipo por el fabricante
MechanicalCouplingPartsApprovalMark: Pieza: marca de homologación
MechanicalCouplingPartsApprovalNumber: Pieza: número de homologación
MechanicalCouplingPartsValueD: Pieza: valor característico D
MechanicalCouplingPartsValueDc: Pieza: valor característico Dc
MechanicalCouplingPartsValueV: Pieza: valor característico V
MechanicalCouplingPartsValueS: Pieza: valor característico S
MechanicalCouplingPartsValueU: Pieza: valor característico U
MechanicalCouplingCanBeFittedType: Enganche que puede instalarse: tipo
MechanicalCouplingCanBeFittedClass: Enganche que puede instalarse: clase
MechanicalCouplingCanBeFittedValueD: Enganche que puede instalarse: valor D
MechanicalCouplingCanBeFittedValueDc: Enganche que puede instalarse: valor Dc
MechanicalCouplingCanBeFittedValueV: Enganche que puede instalarse: valor V
MechanicalCouplingCanBeFittedValueS: Enganche que puede instalarse: valor S
MechanicalCouplingCanBeFittedValueU: Enganche que puede instalarse: valor U
# engine and energy
ManufacturerEnergyConvertor: Fabricante del motor
EnergyConvertorCodeMarkedOnEnergyConvertor: Código del motor marcado en el motor
EnergyConvertorTypeApprovalNumber: Número de homologación del motor
CategorySubCategoryEnergyConvertor: Categoría y subcategoría del motor
WorkingPrinciple: Principio de funcionamiento
CombustionCycle: Ciclo de combustión
NumberOfCylinders: Número de cilindros
ArrangementCylinders: Disposición de los cilindros
EngineCapacity: Cilindrada
EnergySource: Combustible o fuente de energía
PowerMassRatio: Relación potencia/masa
SmokeCorrectedAbsorptionCoefficient: Humos, coeficiente de absorción corregido
MaximumAcceptableAmountPercentageBiofuel: Proporción máxima admisible de biocombustible
SoundLevelExternalRegulation: Nivel sonoro exterior: acto
SoundLevelStationary: Nivel sonoro, vehículo parado
SoundLevelStationaryEngineSpeed: Régimen del motor del nivel sonoro con el vehículo parado
SoundLevelDriveBy: Nivel sonoro, en marcha
SoundLevelLimitValueLUrban: Nivel sonoro: valor límite L urban
SoundLevelDriverPerceivedRegulation: Nivel sonoro percibido por el conductor: acto
SoundLevelDriverPerceivedOpenCab: Nivel sonoro percibido por el conductor, cabina abierta
SoundLevelDriverPerceivedClosedCab: Nivel sonoro percibido por el conductor, cabina cerrada
SoundLevelDriverPerceivedTestMethod: Nivel sonoro percibido por el conductor: método de ensayo
MaximumNetPowerCombustion: Potencia neta máxima, motor de combustión
EngineSpeedMaximumNetPower: Régimen a la potencia neta máxima
Maximum15MinutesPower: Potencia máxima durante 15 minutos
Maximum30MinutesPower: Potencia máxima durante 30 minutos
MaximumNetPowerElectric: Potencia neta máxima, motor eléctrico
DeclaredRatedNetPower: Potencia neta nominal declarada
TypeI: Ensayo de tipo I
TypeIIHcAtNormalIdleEngineSpeed: Ensayo de tipo II, HC a ralentí normal
TypeIIHcAtHighIdleEngineSpeed: Ensayo de tipo II, HC a ralentí acelerado
TypeIICoAtNormalIdleSpeed: Ensayo de tipo II, CO a ralentí normal
TypeIICoAtHighIdleEngineSpeed: Ensayo de tipo II, CO a ralentí acelerado
TypeVII: Ensayo de tipo VII
Nrsc: Ensayo NRSC
Whsc: Ensayo WHSC
Nrtc: Ensayo NRTC
Whtc: Ensayo WHTC
RdeComplete: Emisiones máximas en condiciones reales, trayecto completo
RdeUrban: Emisiones máximas en condiciones reales, trayecto urbano
WltpType1: Emisiones de escape, ensayo de tipo 1
WltpCo2: Emisiones de CO₂
WltpFuelConsumption: Consumo de combustible
WltpPureElectricRange: Autonomía eléctrica
WltpEquivalentAllElectricOffVehicleChargingRange: Autonomía solo eléctrica equivalente
WltpAllElectricOffVehicleChargingRange: Autonomía solo eléctrica
WltpEnergyConsumptionPureElectric: Consumo de energía eléctrica
WltpEnergyConsumptionExternallyCharged: Consumo de energía eléctrica, carga exterior
TestFamilyIdentifier: Identificador de familia
TestFamilyIdentifierValue: Identificador de familia
AdditionalEnergySource: Fuente de energía adicional
EcoInnovationCountry: Ecoinnovación: país de homologación
GeneralCodeEcoInnovation: Ecoinnovación: código general
# heavy duty
CryptographicHashManufacturerRecord: Hash del archivo de registros del fabricante
ZeroEmissionHeavyDutyIndicator: Vehículo pesado de emisión cero
VocationalVehicleIndicator: Vehículo profesional
CryptographicHashCustomerInformationFile: Hash del archivo de información para el cliente
AveragePayload: Carga útil media
AverageOccupancy: Ocupación media
VehicleGroup: Grupo de vehículos
VehicleSubgroup: Subgrupo de vehículos
CryptographicHashVehicleFile: Hash del archivo del vehículo
CargoVolume: Volumen de carga
VolumeOrientationIndicator: Orientado al volumen
SpecificCo2EmissionsMass: Emisiones específicas de CO₂ por masa
SpecificCo2EmissionsPerson: Emisiones específicas de CO₂ por persona
EfficiencyRatioKilometer: Relación de eficiencia por km
EfficiencyRatioTonKilometer: Relación de eficiencia por tonelada-km
EfficiencyRatioM3Kilometer: Relación de eficiencia por m³-km
TypeApprovalTransportDangerousGoodsClass: Clase de mercancías peligrosas
AdvancedSafetySystem: Sistema de seguridad avanzado
# tractors and their trailers
TrackTrainCrawlerUndercarriageConfiguration: Tren de orugas: configuración
TrackTrainNumberOfBrakedSet: Número de trenes de orugas con freno
TrackTrainNumberOfPoweredSet: Número de trenes de orugas motrices
TrackTrainSteeringBySpeedSideIndicator: Dirección por diferencia de velocidad de los lados
TrackTrainSteeringByArticulationCentreAxisIndicator: Dirección por articulación en el eje central
TrackTrainSteeringByArticulationCentreAxisDirectionIndicator: Dirección por articulación en el eje central, sentido
TrackTrainSteeringByPivotingOppositeIndicator: Dirección por giro de trenes opuestos
FallingObjectsProtectiveStructureForestryIndicator: Protección contra la caída de objetos, forestal
FallingObjectsProtectiveStructureNonForestryIndicator: Protección contra la caída de objetos, no forestal
ProtectionPenetratingObjectsForestryIndicator: Protección contra la penetración de objetos, forestal
ProtectionPenetratingObjectsNonForestryIndicator: Protección contra la penetración de objetos, no forestal
CabCategory: Categoría de cabina (sustancias peligrosas)
DustFilterIndicator: Filtro de polvo
AerosolIndicator: Filtro de aerosoles
VapourFilterIndicator: Filtro de vapores
MachineryMountedIndicator: Maquinaria montada
GeneralDescriptionMachinery: Descripción general de la maquinaria
TrailerBrakeControlSystemTechnology: Frenos del remolque: tecnología del mando
TrailerBrakeTechnologyConnectionsType: Frenos del remolque: tipo de conexiones
TrailerBrakePressFeedLineBraking: Frenos del remolque: presión en la línea de alimentación
BrakingTransmissionPrincipal: Transmisión del frenado: principio
BrakingTransmissionPowerAssist: Transmisión del frenado: asistencia
BallastSetNumber: Número del juego de lastre
BallastSetNumberOfComponents: Número de componentes
DriverSeatTypeCategory: Asiento del conductor: categoría
DriverSeatTypeCategoryClass: Asiento del conductor: clase
LoadPlatformHeightAboveGround: Plataforma de carga: altura sobre el suelo
LoadPlatformLength: Plataforma de carga: longitud
LoadPlatformWidth: Plataforma de carga: anchura
LoadPlatformLoadCapacity: Plataforma de carga: capacidad de carga
RollOverProtectiveMake: Protección antivuelco: marca
RollOverProtectiveTypeApprovalNumber: Protección antivuelco: número de homologación
RollOverProtectiveEquipment: Protección antivuelco: equipamiento
RollOverProtectiveStructure: Protección antivuelco: estructura
RollOverProtectiveFoldable: Protección antivuelco: plegable
RollOverProtectiveFoldingOperation: Protección antivuelco: modo de plegado
RollOverProtectiveHandOperated: Protección antivuelco: accionamiento manual
RollOverProtectiveLockingMechanism: Protección antivuelco: bloqueo
RollOverProtectivePosition: Protección antivuelco: posición
PowerTakeOffType: Toma de fuerza: tipo
PowerTakeOffPosition: Toma de fuerza: posición
PowerTakeOffPositionOtherDescription: Toma de fuerza: otra posición
PowerTakeOffRatedSpeedRange: Toma de fuerza: régimen nominal o relación
PowerTakeOffEngineSpeed: Toma de fuerza: régimen del motor
PowerTakeOffPower: Toma de fuerza: potencia
TrackSetNumber: Número del tren de orugas
TrackSetBrakedIndicator: Tren de orugas con freno
TrackSetPoweredIndicator: Tren de orugas motriz
TrackTrainSetLength: Oruga: longitud
TrackTrainSetWidth: Oruga: anchura
TrackTrainSetAverageContactPressureGround: Oruga: presión media sobre el suelo
TrackTrainSetMaximumPermissibleMass: Oruga: masa máxima admisible
TrackTrainSetMaximumPermissibleMassVehicle: Oruga: masa máxima admisible del vehículo
TrackTrainSetMaximumPermissibleVerticalLoadOnCouplingPoint: Oruga: carga vertical máxima en el punto de acoplamiento
TrackTrainSetRollerNumber: Número del rodillo
TrackTrainSetRollerMaximumload: Carga máxima del rodillo
MechanicalCouplingNumberOfTrackTrainCouplingPoint: Número del enganche
MaximumPermissibleVerticalLoadOnCouplingPointTrackTrainCoupling: Carga vertical máxima admisible en este enganche
# the end of the message
ProvisionalApprovalTerritoryCountry: Homologación provisional válida en
RemarkSubjectDescription: Clase de observación
RemarkSubjectLanguage: Idioma de la observación
Remark: Observaciones
SubjectApprovalCertificateNumber: Número de una homologación de sistema
# what follows a label whose element has none of its own, behind a comma
~AdjustableMin: ajustable, desde
~AdjustableMax: ajustable, hasta
~VariableMin: desde
~VariableMax: hasta
~Min: desde
~Max: hasta
~Country: país
~TrafficRegulation: norma de circulación
~Low: baja
~Medium: media
~High: alta
~ExtraHigh: extraalta
~Combined: combinado
~WeightedCombined: ponderado, combinado
~ChargeSustaining: mantenimiento de carga
~ChargeDepleting: consumo de carga
~City: ciudad
~Exponent: exponente (potencia de diez)
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
~Particulates: partículas
~NumberOfParticles: número de partículas
~FuelConsumption: consumo de combustible
~EnergyConsumption: consumo de energía
~ElectricRange: autonomía eléctrica
~TestCycle: ciclo de ensayo
# names of groups, before their number
group.AxleGroup: Eje
group.TyreAxleGroup: Neumático/rueda
group.AxleGroupGroup: Grupo de ejes
group.ManufacturerGroup: Fase
group.EnergyConvertorGroup: Motor
group.MechanicalCouplingGroup: Enganche
group.GearRatioGroup: Marcha
group: N.º
# sections
section.general: Generalidades
section.approval: Homologación de tipo
section.signature: Firma
section.message: Mensaje
section.construction: Características generales de construcción
section.dimensions: Dimensiones principales
section.masses: Masas
section.power: Unidad motriz
section.speed: Velocidad máxima
section.axles: Ejes y suspensión
section.bodywork: Carrocería
section.coupling: Dispositivo de acoplamiento
section.environment: Comportamiento medioambiental
section.miscellaneous: Varios
section.further: Otros datos
# the frame
title: Certificado de conformidad de un vehículo
reading-copy: Copia de lectura
duplicate: Duplicado
draft: Borrador
draft-notice: Sin sellar: esta página muestra, antes de que se expida el certificado, lo que diría. No es un certificado.
notice: Esta página muestra lo que dice un certificado de conformidad electrónico. El certificado es el mensaje XML sellado; esta página no prueba nada ni lo sustituye. Los significados junto a los códigos son ayudas de lectura.
seal: Sellado por (según el mensaje)
digest: SHA-256 del mensaje XML
unsealed: Este mensaje no lleva sello: no es un certificado.
page: Página
empty: no consta
unit.liquid: =
unit.hydrogen: =
unit.gas: m³ o kg/100 km
unit.fuel: l, m³ o kg/100 km
yes: sí
no: =
# vehicle categories: what a code begins with, and its supplements
category.M1: turismo
category.M2: autobús de hasta 5 t
category.M3: autobús de más de 5 t
category.N1: vehículo de mercancías de hasta 3,5 t
category.N2: vehículo de mercancías de más de 3,5 t hasta 12 t
category.N3: vehículo de mercancías de más de 12 t
category.O1: remolque de hasta 0,75 t
category.O2: remolque de más de 0,75 t hasta 3,5 t
category.O3: remolque de más de 3,5 t hasta 10 t
category.O4: remolque de más de 10 t
category.L1e: vehículo ligero de dos ruedas
category.L2e: ciclomotor de tres ruedas
category.L3e: motocicleta
category.L4e: motocicleta con sidecar
category.L5e: triciclo de motor
category.L6e: cuatriciclo ligero
category.L7e: cuatriciclo pesado
category.T: tractor de ruedas
category.C: tractor de orugas
category.R: remolque agrícola o forestal
category.S: equipo intercambiable remolcado
category.+G: todoterreno
category.+S: de uso especial
# codes whose meaning is sure (docs/page.md says of which it isn't)
TypeApprovalTypeCode:EU: homologación de tipo UE
TypeApprovalTypeCode:ESS: serie corta UE
TypeApprovalTypeCode:NSS: serie corta nacional
StageOfCompletionCode:C: completo
StageOfCompletionCode:I: incompleto
StageOfCompletionCode:V: completado
EnergySourceCode:10: gasolina
EnergySourceCode:11: gasolina E5
EnergySourceCode:12: gasolina E10
EnergySourceCode:15: etanol
EnergySourceCode:16: etanol E85
EnergySourceCode:19: mezcla
EnergySourceCode:20: gasóleo
EnergySourceCode:21: biodiésel
EnergySourceCode:22: =
EnergySourceCode:30: GLP
EnergySourceCode:40: GNC
EnergySourceCode:44: biometano
EnergySourceCode:50: hidrógeno
EnergySourceCode:55: =
EnergySourceCode:60: GNL
EnergySourceCode:90: otra
EnergySourceCode:91: aire comprimido
EnergySourceCode:95: electricidad
WorkingPrincipleCode:CMPRA: aire comprimido
WorkingPrincipleCode:EXTCI: combustión externa, encendido por compresión
WorkingPrincipleCode:EXTPI: combustión externa, encendido por chispa
WorkingPrincipleCode:INTCI: combustión interna, encendido por compresión
WorkingPrincipleCode:INTPI: combustión interna, encendido por chispa
WorkingPrincipleCode:TRBNE: turbina
WorkingPrincipleCode:ELECT: eléctrico
CombustionCycleCode:2ST: dos tiempos
CombustionCycleCode:4ST: cuatro tiempos
CombustionCycleCode:ROT: rotativo
CombustionCycleCode:OTH: otro
LocationMarkingsSubjectCode:VIN: número de identificación
LocationMarkingsSubjectCode:STAT: placa reglamentaria
LocationMarkingsVehiclePartCode:ENGCT: compartimento del motor
LocationMarkingsVehiclePartCode:PASCT: habitáculo
LocationMarkingsVehiclePartCode:LUGCT: maletero
LocationMarkingsVehiclePartCode:INSPL: tablero de instrumentos
LocationMarkingsVehiclePartCode:DRAWB: lanza
LocationMarkingsVehiclePartCode:CHASS: bastidor
LocationMarkingsVehiclePartCode:APILR: montante A
LocationMarkingsVehiclePartCode:BPILR: montante B
LocationMarkingsVehiclePartCode:CPILR: montante C
LocationMarkingsVehiclePartCode:DPILR: montante D
LocationMarkingsVehiclePartSideCode:FRONTSIDE: lado delantero
LocationMarkingsVehiclePartSideCode:LEFTSIDE: lado izquierdo
LocationMarkingsVehiclePartSideCode:RIGHTSIDE: lado derecho
LocationMarkingsVehiclePartSideCode:BACKSIDE: lado trasero
LocationMarkingsVehiclePartSideSectionCode:BACK: parte trasera
LocationMarkingsVehiclePartSideSectionCode:FRONT: parte delantera
LocationMarkingsVehiclePartSideSectionCode:LEFT: izquierda
LocationMarkingsVehiclePartSideSectionCode:MIDDLE: centro
LocationMarkingsVehiclePartSideSectionCode:RIGHT: derecha
ClassHybridVehicleCode:OVC-HEV: vehículo eléctrico híbrido con carga exterior
ClassHybridVehicleCode:NOVC-HEV: vehículo eléctrico híbrido sin carga exterior
ClassHybridVehicleCode:OVC-FCHV: vehículo híbrido de pilas de combustible con carga exterior
ClassHybridVehicleCode:NOVC-FCHV: vehículo híbrido de pilas de combustible sin carga exterior
CategoryHybridElectricVehicleCode:OVC: con carga exterior
CategoryHybridElectricVehicleCode:NOVC: sin carga exterior
ElectricVehicleConfigurationCode:PUREE: eléctrico puro
RemarkSubjectDescriptionCode:RMRKS: observaciones
RemarkSubjectDescriptionCode:ADINF: información adicional
RemarkSubjectDescriptionCode:EXEMP: exenciones
RemarkSubjectDescriptionCode:COMTS: comentarios
ColourCode:1: blanco
ColourCode:2: amarillo
ColourCode:3: naranja
ColourCode:4: rojo
ColourCode:5: violeta
ColourCode:6: azul
ColourCode:7: verde
ColourCode:8: gris
ColourCode:9: marrón
ColourCode:10: negro
BodyworkCode:AA: berlina
BodyworkCode:AB: vehículo con portón trasero
BodyworkCode:AC: familiar
BodyworkCode:AD: cupé
BodyworkCode:AE: descapotable
BodyworkCode:AF: vehículo multiuso
BodyworkCode:AG: familiar de carga
BodyworkCode:BA: camión
BodyworkCode:BB: furgoneta
BodyworkCode:BC: cabeza tractora para semirremolque
BodyworkCode:BD: tractocamión
BodyworkCode:BE: camioneta pick-up
BodyworkCode:BX: bastidor con cabina o capó
BodyworkCode:DA: semirremolque
BodyworkCode:DB: remolque con barra de tracción
BodyworkCode:DC: remolque de eje central
BodyworkCode:DE: remolque con barra de tracción rígida
BodyworkCode:DF: semirremolque de enlace
BodyworkCode:DG: remolque de enlace con barra de tracción
BodyworkTypeTrailerCode:DA: semirremolque
BodyworkTypeTrailerCode:DB: remolque con barra de tracción
BodyworkTypeTrailerCode:DC: remolque de eje central
BodyworkTypeTrailerCode:DE: remolque con barra de tracción rígida
SpecialPurposeDesignationCode:SA: autocaravana
SpecialPurposeDesignationCode:SB: vehículo blindado
SpecialPurposeDesignationCode:SC: ambulancia
SpecialPurposeDesignationCode:SD: vehículo funerario
SpecialPurposeDesignationCode:SE: caravana
SpecialPurposeDesignationCode:SF: grúa móvil
SpecialPurposeDesignationCode:SG: grupo especial
SpecialPurposeDesignationCode:SH: vehículo accesible en silla de ruedas
SpecialPurposeDesignationCode:SJ: =
SpecialPurposeDesignationCode:SK: remolque de transporte de cargas excepcionales
AutomatedVehicleCode:NONAT: no automatizado
AutomatedVehicleCode:AUTOM: automatizado
AutomatedVehicleCode:FULAT: totalmente automatizado
RightLeftHandTrafficCode:LEFT: izquierda
RightLeftHandTrafficCode:RIGHT: derecha
RightLeftHandTrafficCode:BOTH: ambas
MetricImperialSpeedometerCode:M: métricas
MetricImperialSpeedometerCode:I: imperiales
MetricImperialSpeedometerCode:B: ambas
MetricImperialOdometerCode:M: métricas
MetricImperialOdometerCode:I: imperiales
MetricImperialOdometerCode:B: ambas
BrakedTypeTrailCode:BRK: con freno
BrakedTypeTrailCode:UNB: sin freno
TyreTubeTypeCode:TUBLS: sin cámara
TyreTubeTypeCode:TUBTP: con cámara
TestFamilyIdentifierCode:IP: interpolación
TestFamilyIdentifierCode:ATCT: corrección por temperatura ambiente
TestFamilyIdentifierCode:PEMS: medición portátil de emisiones
TestFamilyIdentifierCode:RL: resistencia al avance
TestFamilyIdentifierCode:RM: matriz de resistencia al avance
TestFamilyIdentifierCode:PR: regeneración periódica
TestFamilyIdentifierCode:EV: emisiones de evaporación
AerodynamicDeviceEquippedCode:BOTH: delanteros y traseros
AerodynamicDeviceEquippedCode:FRONT: delanteros
AerodynamicDeviceEquippedCode:NONE: ninguno
AerodynamicDeviceEquippedCode:REAR: traseros
MechanicalCouplingLocationCode:FRONT: delantero
MechanicalCouplingLocationCode:REAR: trasero
FuelTypeCode:M: monocombustible
FuelTypeCode:B: bicombustible
FuelTypeCode:F: flexifuel
FuelTypeCode:D: combustible dual
GearboxTypeCode:A: automática
GearboxTypeCode:M: manual de marchas
GearboxTypeCode:C: de variación continua
ArrangementCylindersCode:LI: en línea
ArrangementCylindersCode:V: en forma de V
ArrangementCylindersCode:W: en forma de W
ArrangementCylindersCode:O: opuestos
ArrangementCylindersCode:S: monocilíndrico
ElectricVehicleConfigurationCode:HYBRE: eléctrico híbrido
ElectricVehicleConfigurationCode:MNPWE: fuerza muscular y eléctrico
SpecialPurposeDesignationCode:SL: vehículo para transporte de cargas excepcionales
SpecialPurposeDesignationCode:SM: portaequipos múltiple
BodyworkCode:CA: de un piso
BodyworkCode:CB: de dos pisos
BodyworkCode:CC: articulado de un piso
BodyworkCode:CD: articulado de dos pisos
BodyworkCode:CE: de piso bajo, de un piso
BodyworkCode:CF: de piso bajo, de dos pisos
BodyworkCode:CG: articulado de piso bajo, de un piso
BodyworkCode:CH: articulado de piso bajo, de dos pisos
BodyworkCode:CI: descubierto de un piso
BodyworkCode:CJ: descubierto de dos pisos
BodyworkCode:CX: bastidor de autobús
CodeForBodyworkSupplementCode:01: plataforma abierta
CodeForBodyworkSupplementCode:02: laterales abatibles
CodeForBodyworkSupplementCode:03: caja cerrada
CodeForBodyworkSupplementCode:04: caja acondicionada isotermo, equipada
CodeForBodyworkSupplementCode:05: caja acondicionada isotermo, sin equipo
CodeForBodyworkSupplementCode:06: laterales de lona
CodeForBodyworkSupplementCode:07: caja móvil
CodeForBodyworkSupplementCode:08: portacontenedores
CodeForBodyworkSupplementCode:09: elevador de gancho
CodeForBodyworkSupplementCode:10: volquete
CodeForBodyworkSupplementCode:11: depósito
CodeForBodyworkSupplementCode:12: cisterna para mercancías peligrosas
CodeForBodyworkSupplementCode:13: transporte de animales vivos
CodeForBodyworkSupplementCode:14: portavehículos
CodeForBodyworkSupplementCode:15: hormigonera
CodeForBodyworkSupplementCode:16: bomba de hormigón
CodeForBodyworkSupplementCode:17: transporte de madera
CodeForBodyworkSupplementCode:18: recogida de basuras
CodeForBodyworkSupplementCode:19: barredora, limpieza o desagües
CodeForBodyworkSupplementCode:20: compresor
CodeForBodyworkSupplementCode:21: portaembarcaciones
CodeForBodyworkSupplementCode:22: portaplaneadores
CodeForBodyworkSupplementCode:23: venta o exposición
CodeForBodyworkSupplementCode:24: vehículo de rescate
CodeForBodyworkSupplementCode:25: escalera
CodeForBodyworkSupplementCode:26: camión grúa
CodeForBodyworkSupplementCode:27: plataforma elevadora
CodeForBodyworkSupplementCode:28: excavadora-perforadora
CodeForBodyworkSupplementCode:29: remolque de piso bajo
CodeForBodyworkSupplementCode:30: transporte de vidrio
CodeForBodyworkSupplementCode:31: vehículo contra incendios
CodeForBodyworkSupplementCode:32: laterales abatibles con lona
CodeForBodyworkSupplementCode:99: carrocería no incluida en la lista
BrakedTypeTrailCode:HDB: freno hidráulico
BrakedTypeTrailCode:INB: freno de inercia
BrakedTypeTrailCode:PNB: freno neumático
AdvancedBrakingSystemCode:ABS: antibloqueo
AdvancedBrakingSystemCode:CBS: frenado combinado
AdvancedBrakingSystemCode:ACB: antibloqueo y frenado combinado
AdvancedBrakingSystemCode:NON: ninguno
AdvancedSafetySystemCode:AEBS: frenado de emergencia avanzado
AdvancedSafetySystemCode:ELKS: mantenimiento de emergencia del carril
AdvancedSafetySystemCode:ISA: asistente de velocidad inteligente
AdvancedSafetySystemCode:DDAW: advertencia de somnolencia y atención
AdvancedSafetySystemCode:ADDW: advertencia avanzada de distracciones
AdvancedSafetySystemCode:EDR: registrador de datos de eventos
AdvancedSafetySystemCode:AIF: facilitación de alcoholímetro antiarranque
AdvancedSafetySystemCode:ESS: señal de frenado de emergencia
AdvancedSafetySystemCode:TPMS: control de la presión de los neumáticos
AdvancedSafetySystemCode:DAM: control de la disponibilidad del conductor
AdvancedSafetySystemCode:ADS: sistema de conducción automatizada
AdvancedSafetySystemCode:eCall: llamada de emergencia automática
AdvancedSafetySystemCode:BSIS: información de ángulos muertos
AdvancedSafetySystemCode:LDWS: advertencia de abandono del carril
TyreTypeCode:HL: carga elevada
TyreTypeCode:MS: barro y nieve
TyreTypeCode:REINF: reforzado
OptionalCode:O: opcional
SeatingPositionConfigurationCode:SEA: asiento
SeatingPositionConfigurationCode:SAD: sillín
PowerTakeOffTypeCode:MNPTO: toma de fuerza principal
PowerTakeOffTypeCode:SCPTO: toma de fuerza secundaria
RollOverProtectiveEquipmentCode:STD: de serie
RollOverProtectiveEquipmentCode:OPT: opcional
RollOverProtectiveStructureCode:CAB: cabina
RollOverProtectiveStructureCode:FRA: bastidor
RollOverProtectiveStructureCode:ROL: arco
RollOverProtectiveFoldableCode:FOLDA: abatible
RollOverProtectiveFoldableCode:NFOLD: no abatible
TrailerBrakeTechnologyConnectionsTypeCode:1LINE: una línea
TrailerBrakeTechnologyConnectionsTypeCode:2LINE: dos líneas
BrakingTransmissionPrincipalCode:HYDST: hidrostático
# codes that are the same word in every type
code.FRONT: delantero
code.REAR: trasero
code.BOTH: ambos
code.NONE: ninguno
code.OTHER: otro
code.MANUL: manual (a mano)
code.AUTOM: automático
code.MECHA: mecánico
code.PNEU: neumático
code.HYDRL: hidráulico
code.ELECT: eléctrico
code.INERT: de inercia
# countries, for the e-numbers of approval authorities, ISO and Vienna codes
country.AT: =
country.BE: Bélgica
country.BG: =
country.CH: Suiza
country.CY: Chipre
country.CZ: Chequia
country.DE: Alemania
country.DK: Dinamarca
country.EE: =
country.ES: España
country.FI: Finlandia
country.FR: Francia
country.GR: Grecia
country.HR: Croacia
country.HU: Hungría
country.IE: Irlanda
country.IS: Islandia
country.IT: Italia
country.LI: =
country.LT: Lituania
country.LU: Luxemburgo
country.LV: Letonia
country.MT: =
country.NL: Países Bajos
country.NO: Noruega
country.PL: Polonia
country.PT: =
country.RO: Rumanía
country.SE: Suecia
country.SI: Eslovenia
country.SK: Eslovaquia
country.UK: Reino Unido
